package dev.latchkey.scope;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpMethod;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Applies a route's rule after the route is known and before its arguments are read, so
 * that nobody without the right learns what the route thinks of a body.
 */
@Component
class RouteAuthorizationInterceptor implements HandlerInterceptor {

	private final RouteRules rules;

	private final ScopeAuthorizationManager manager;

	private final @Nullable ScopeUses uses;

	RouteAuthorizationInterceptor(RouteRules rules, ScopeAuthorizationManager manager, ObjectProvider<ScopeUses> uses) {
		this.rules = rules;
		this.manager = manager;
		this.uses = uses.getIfAvailable();
	}

	@Override
	public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
		if (handler instanceof HandlerMethod method) {
			AccessRule rule = this.rules.ruleFor(method);
			if (rule != null) {
				Authentication caller = SecurityContextHolder.getContext().getAuthentication();
				this.manager.verify(() -> caller, rule);
				if (this.uses != null && caller != null) {
					this.uses.used(caller, ScopeAuthorizationManager.opening(caller, rule));
				}
			}
			else if (RouteRules.isApi(request.getRequestURI()) && !HttpMethod.OPTIONS.matches(request.getMethod())) {
				throw new AccessDeniedException("Nobody has decided who may use this route");
			}
		}
		return true;
	}

}
