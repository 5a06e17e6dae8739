package dev.latchkey.embedded;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks the argument by which a handler learns what a request with a token may do: a
 * {@link dev.latchkey.caller.Caller}, or null where there is no token. Without it Spring
 * takes the argument for the application's own principal.
 */
@Documented
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
public @interface CurrentCaller {

}
