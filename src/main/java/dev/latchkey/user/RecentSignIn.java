package dev.latchkey.user;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Asks for the password again where a web session's sign-in is older than
 * {@code latchkey.web.reauthenticate-after}: a screen left alone gives away no token. Who
 * calls with a token is not asked.
 */
@Documented
@Target({ ElementType.METHOD, ElementType.TYPE })
@Retention(RetentionPolicy.RUNTIME)
public @interface RecentSignIn {

}
