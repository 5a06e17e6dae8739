package dev.latchkey.embedded;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import dev.latchkey.scope.Role;

import org.springframework.core.annotation.AliasFor;
import org.springframework.security.test.context.support.TestExecutionEvent;
import org.springframework.security.test.context.support.WithSecurityContext;

/**
 * Has a test of the application call with a token, as {@code @WithMockUser} has it call
 * as somebody: no database is asked, and no token is made. Requests of {@code MockMvc}
 * come with the header of a token then, unless they have one of their own, and go the way
 * of those: without a CSRF token, at {@code latchkey.paths} alone, and only where the
 * annotations of the route let them.
 */
@Documented
@Inherited
@Target({ ElementType.METHOD, ElementType.TYPE })
@Retention(RetentionPolicy.RUNTIME)
@WithSecurityContext(factory = WithApiTokenFactory.class)
public @interface WithApiToken {

	/**
	 * The scopes that the token has and its owner may use, each by its name.
	 */
	@AliasFor("scopes")
	String[] value() default {};

	/**
	 * The scopes that the token has and its owner may use, each by its name.
	 */
	@AliasFor("value")
	String[] scopes() default {};

	/**
	 * What {@code Authentication.getName()} says, where no owner is named.
	 */
	String username() default "user";

	/**
	 * A {@link TokenOwner#id()}: the {@link TokenOwners} of the test, or else its
	 * {@code UserDetailsService}, say who that is, and with what
	 * {@code @AuthenticationPrincipal} is resolved. Without one it is a {@code User} of
	 * Spring Security's, by the name above.
	 */
	String owner() default "";

	/**
	 * As what the owner counts.
	 */
	Role role() default Role.USER;

	/**
	 * When the caller is set up.
	 */
	@AliasFor(annotation = WithSecurityContext.class)
	TestExecutionEvent setupBefore() default TestExecutionEvent.TEST_METHOD;

}
