package dev.latchkey.embedded;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import dev.latchkey.scope.AccessRule;
import dev.latchkey.scope.Role;
import dev.latchkey.scope.ScopeUses;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.MethodClassKey;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.cors.CorsUtils;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Applies {@code @RequiresScope}, {@code @AnyToken} and {@code @Public} before a
 * handler's arguments are read, and refuses tokens where nobody has decided what one may
 * do. It answers by itself: an exception would be the application's to handle, and a
 * handler for all of them makes 500 of it.
 */
class RouteInterceptor implements HandlerInterceptor {

	/** Found once: a context looks for it anew each time. */
	private final SingletonSupplier<LatchkeyCore> core;

	private final HostRights rights;

	/** By class, too: a method that many inherit has the rule of each. */
	private final Map<MethodClassKey, Optional<AccessRule>> rules = new ConcurrentHashMap<>();

	RouteInterceptor(ObjectProvider<LatchkeyCore> core, HostRights rights) {
		this.core = SingletonSupplier.ofNullable(core::getIfAvailable);
		this.rights = rights;
	}

	@Override
	public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
			throws IOException {
		if (request.getDispatcherType() == DispatcherType.ERROR || CorsUtils.isPreFlightRequest(request)
				|| handler instanceof OwnRoutesMapping.Door) {
			return true;
		}
		Authentication caller = SecurityContextHolder.getContext().getAuthentication();
		AccessRule rule = (handler instanceof HandlerMethod method) ? rule(method) : null;
		if (rule == null) {
			if (caller instanceof TokenAuthentication) {
				Refusals.forbidden(response, "Nobody has decided which tokens open this.");
				return false;
			}
			return true;
		}
		return rule.kind() == AccessRule.Kind.EVERYBODY || decide(rule, caller, response);
	}

	private boolean decide(AccessRule rule, @Nullable Authentication caller, HttpServletResponse response)
			throws IOException {
		if (caller == null || !caller.isAuthenticated() || caller instanceof AnonymousAuthenticationToken) {
			Refusals.unknown(response);
			return false;
		}
		List<String> scopes = rule.scopes();
		Predicate<String> has = has(caller);
		boolean passes = switch (rule.kind()) {
			case EVERYBODY, SIGNED_IN -> true;
			case ALL_OF -> scopes.stream().allMatch(has);
			case ANY_OF -> scopes.stream().anyMatch(has);
		};
		if (!passes) {
			Refusals.lacking(response, scopes);
			return false;
		}
		if (caller instanceof TokenAuthentication token) {
			note(token, (rule.kind() == AccessRule.Kind.ANY_OF) ? scopes.stream().filter(has).toList() : scopes);
		}
		return true;
	}

	/**
	 * With a token, its scopes within what its owner may do; with a session, all that its
	 * user may do.
	 */
	private Predicate<String> has(Authentication caller) {
		if (caller instanceof TokenAuthentication token) {
			return token.caller()::can;
		}
		Set<String> authorities = caller.getAuthorities()
			.stream()
			.map(GrantedAuthority::getAuthority)
			.collect(Collectors.toSet());
		LatchkeyCore known = this.core.get();
		Collection<Role> roles = this.rights.roles(caller.getAuthorities());
		return (scope) -> authorities.contains("SCOPE_" + scope) || this.rights.allows(roles, scope)
				|| (known != null && known.isOn() && known.catalogue().allows(roles, scope));
	}

	private void note(TokenAuthentication token, Collection<String> scopes) {
		LatchkeyCore known = this.core.get();
		if (known != null && known.isOn()) {
			known.part(ScopeUses.class)
				.used(UsernamePasswordAuthenticationToken.authenticated(token.caller(), "", List.of()), scopes);
		}
	}

	private @Nullable AccessRule rule(HandlerMethod handler) {
		return this.rules
			.computeIfAbsent(new MethodClassKey(handler.getMethod(), handler.getBeanType()),
					(key) -> Optional.ofNullable(AccessRule.of(handler.getMethod(), handler.getBeanType())))
			.orElse(null);
	}

}
