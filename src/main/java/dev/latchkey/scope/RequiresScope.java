package dev.latchkey.scope;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Lets only callers pass whose token has the scopes and whose roles allow them. On a
 * route it is checked before the arguments are read; on any other bean's method, before
 * the call. On a class it holds for each method that has no annotation of its own.
 */
@Documented
@Target({ ElementType.METHOD, ElementType.TYPE })
@Retention(RetentionPolicy.RUNTIME)
public @interface RequiresScope {

	/**
	 * Scopes of which the caller needs every one.
	 */
	String[] value() default {};

	/**
	 * Scopes of which the caller needs one; not together with {@link #value()}.
	 */
	String[] anyOf() default {};

}
