package dev.latchkey.scope;

import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.authentication.InsufficientAuthenticationException;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.stereotype.Component;

/**
 * Decides whether a caller satisfies what a method asks, and on refusal says by the type
 * of the exception what is lacking: a caller, a role, or a scope.
 */
@Component
class ScopeAuthorizationManager implements AuthorizationManager<AccessRule> {

	private static final AuthorizationDecision GRANTED = new AuthorizationDecision(true);

	private static final AuthorizationDecision DENIED = new AuthorizationDecision(false);

	private final ScopeCatalogue catalogue;

	ScopeAuthorizationManager(ScopeCatalogue catalogue) {
		this.catalogue = catalogue;
	}

	@Override
	public AuthorizationResult authorize(Supplier<? extends @Nullable Authentication> authentication, AccessRule rule) {
		if (rule.kind() == AccessRule.Kind.EVERYBODY) {
			return GRANTED;
		}
		Authentication caller = authentication.get();
		if (isGuest(caller)) {
			return DENIED;
		}
		return satisfies(caller.getAuthorities(), rule) ? GRANTED : DENIED;
	}

	/**
	 * Passes, or throws what the answer needs to know.
	 * @throws InsufficientAuthenticationException if nobody has signed in
	 * @throws ScopeDeniedException if the token lacks a scope that its owner could give
	 * it
	 * @throws RoleDeniedException if a role is lacking
	 */
	@Override
	public void verify(Supplier<? extends @Nullable Authentication> authentication, AccessRule rule) {
		if (authorize(authentication, rule).isGranted()) {
			return;
		}
		Authentication caller = authentication.get();
		if (isGuest(caller)) {
			throw new InsufficientAuthenticationException("This route needs a token");
		}
		if (rolesSuffice(caller.getAuthorities(), rule)) {
			throw (rule.kind() == AccessRule.Kind.ANY_OF) ? ScopeDeniedException.ofOne(rule.scopes())
					: new ScopeDeniedException(rule.scopes());
		}
		throw roleLacking(rule);
	}

	/**
	 * Returns the scopes by which an admitted caller satisfies the rule: where one of
	 * several is enough, all of those that the caller has, since each would do.
	 */
	static List<String> opening(Authentication caller, AccessRule rule) {
		return (rule.kind() == AccessRule.Kind.ANY_OF) ? rule.scopes()
			.stream()
			.filter((scope) -> ScopeAuthorities.hasScope(caller.getAuthorities(), scope))
			.toList() : rule.scopes();
	}

	private static boolean isGuest(@Nullable Authentication caller) {
		return caller == null || !caller.isAuthenticated() || caller instanceof AnonymousAuthenticationToken;
	}

	private static boolean satisfies(Collection<? extends GrantedAuthority> authorities, AccessRule rule) {
		List<String> scopes = rule.scopes();
		return switch (rule.kind()) {
			case EVERYBODY, SIGNED_IN -> true;
			case ALL_OF -> {
				for (String scope : scopes) {
					if (!ScopeAuthorities.hasScope(authorities, scope)) {
						yield false;
					}
				}
				yield true;
			}
			case ANY_OF -> scopes.stream().anyMatch((scope) -> ScopeAuthorities.hasScope(authorities, scope));
		};
	}

	private boolean rolesSuffice(Collection<? extends GrantedAuthority> authorities, AccessRule rule) {
		return (rule.kind() == AccessRule.Kind.ANY_OF)
				? rule.scopes().stream().anyMatch((scope) -> roleSuffices(authorities, scope))
				: rule.scopes().stream().allMatch((scope) -> roleSuffices(authorities, scope));
	}

	/** Of the roles for several scopes the highest; where one is enough, the lowest. */
	private AccessDeniedException roleLacking(AccessRule rule) {
		boolean oneSuffices = rule.kind() == AccessRule.Kind.ANY_OF;
		Role needed = null;
		for (String scope : rule.scopes()) {
			Scope known = this.catalogue.findOwn(scope);
			if (known != null && (needed == null
					|| (oneSuffices ? needed.includes(known.role()) : known.role().includes(needed)))) {
				needed = known.role();
			}
		}
		return (needed != null) ? new RoleDeniedException(needed)
				: new AccessDeniedException("The role of the account does not allow this");
	}

	private boolean roleSuffices(Collection<? extends GrantedAuthority> authorities, String scope) {
		Scope known = this.catalogue.findOwn(scope);
		return known != null && ScopeAuthorities.hasRole(authorities, known.role());
	}

}
