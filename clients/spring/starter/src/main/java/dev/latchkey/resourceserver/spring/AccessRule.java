package dev.latchkey.resourceserver.spring;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.authentication.AuthenticationCredentialsNotFoundException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;

/**
 * What an annotation asks of whoever calls.
 *
 * @param scopes the scopes, or nothing for any token
 * @param one whether one of them is enough
 */
record AccessRule(List<String> scopes, boolean one) {

	/**
	 * Returns the rule at the method, else the one at the class, else null. Annotations
	 * at interfaces count.
	 */
	static @Nullable AccessRule of(Method method, Class<?> type) {
		AccessRule own = at(method);
		return (own != null) ? own : at(type);
	}

	/**
	 * Returns the rule there, else null.
	 */
	static @Nullable AccessRule at(AnnotatedElement element) {
		RequiresScope required = AnnotatedElementUtils.findMergedAnnotation(element, RequiresScope.class);
		boolean any = AnnotatedElementUtils.hasAnnotation(element, AnyToken.class);
		if (required == null) {
			return any ? new AccessRule(List.of(), false) : null;
		}
		boolean one = required.anyOf().length > 0;
		if (any || one == (required.value().length > 0)) {
			throw new IllegalStateException(
					"%s needs one of @RequiresScope(value), @RequiresScope(anyOf) and @AnyToken".formatted(element));
		}
		return new AccessRule(List.of(one ? required.anyOf() : required.value()), one);
	}

	/**
	 * Lets pass whose authorities say so, or throws. A session of the host may have such
	 * authorities too, if the host gives it any; where any token is enough, none is not.
	 * @param caller who is calling, or null
	 * @throws ScopeDeniedException if a scope is lacking
	 */
	void check(@Nullable Authentication caller) {
		if (caller == null || !caller.isAuthenticated() || caller instanceof AnonymousAuthenticationToken
				|| (this.scopes.isEmpty() && !isOfToken(caller))) {
			throw new AuthenticationCredentialsNotFoundException("This needs a token");
		}
		Set<String> held = AuthorityUtils.authorityListToSet(caller.getAuthorities());
		Predicate<String> has = (scope) -> held.contains(LatchkeyAuthentication.PREFIX + scope);
		if (!(this.one ? this.scopes.stream().anyMatch(has) : this.scopes.stream().allMatch(has))) {
			throw new ScopeDeniedException(this.scopes);
		}
	}

	private static boolean isOfToken(Authentication caller) {
		return caller instanceof OfToken || caller.getPrincipal() instanceof OfToken;
	}

}
