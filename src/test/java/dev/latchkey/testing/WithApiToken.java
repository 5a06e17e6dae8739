package dev.latchkey.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import dev.latchkey.scope.Role;

import org.springframework.security.test.context.support.WithSecurityContext;

/**
 * Lets a MockMvc test act as somebody with a token of these scopes; nothing is stored.
 */
@Inherited
@Target({ ElementType.METHOD, ElementType.TYPE })
@Retention(RetentionPolicy.RUNTIME)
@WithSecurityContext(factory = WithApiTokenFactory.class)
public @interface WithApiToken {

	/**
	 * The address of the account; one that exists is taken with its roles, any other is
	 * made up.
	 */
	String user() default "somebody@example.com";

	/**
	 * The scopes on the token, wildcards included.
	 */
	String[] scopes();

	/**
	 * The roles of a made-up account.
	 */
	Role[] roles() default Role.USER;

}
