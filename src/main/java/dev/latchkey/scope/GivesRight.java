package dev.latchkey.scope;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says that a route makes or widens a credential or a right: a token, a client, a
 * password, a role, a network, a consent. A web session whose sign-in is older than
 * {@code latchkey.web.reauthenticate-after} is asked for the password again, so that a
 * screen left alone gives nothing away; who calls with a token is not asked.
 */
@Documented
@Target({ ElementType.METHOD, ElementType.TYPE })
@Retention(RetentionPolicy.RUNTIME)
public @interface GivesRight {

	/**
	 * Whether every request to the route does so. If not, the service asks for the
	 * sign-in once it knows what is wanted.
	 */
	boolean always() default true;

	/**
	 * The address of the page where the form stands, if that is not the route's own: who
	 * was asked for the password comes back to it.
	 */
	String page() default "";

}
