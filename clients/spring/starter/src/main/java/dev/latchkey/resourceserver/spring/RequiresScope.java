package dev.latchkey.resourceserver.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Lets only requests pass whose token has the scopes. On a route it is checked before the
 * arguments are read; on any other bean's method, before the call. On a class it holds
 * for each method that has no annotation of its own.
 */
@Documented
@Target({ ElementType.METHOD, ElementType.TYPE })
@Retention(RetentionPolicy.RUNTIME)
public @interface RequiresScope {

	/**
	 * Scopes of which the token needs every one.
	 */
	String[] value() default {};

	/**
	 * Scopes of which the token needs one; not together with {@link #value()}.
	 */
	String[] anyOf() default {};

}
