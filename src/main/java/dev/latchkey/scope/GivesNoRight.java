package dev.latchkey.scope;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says that a route which changes something makes and widens neither a credential nor a
 * right.
 */
@Documented
@Target({ ElementType.METHOD, ElementType.TYPE })
@Retention(RetentionPolicy.RUNTIME)
public @interface GivesNoRight {

	/**
	 * The address of the page where the form stands, if that is not the route's own: who
	 * had to sign in comes back to it.
	 */
	String page() default "";

}
