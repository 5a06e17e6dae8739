package dev.latchkey.scope;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpMethod;
import org.springframework.security.access.AccessDeniedException;
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

	RouteAuthorizationInterceptor(RouteRules rules, ScopeAuthorizationManager manager) {
		this.rules = rules;
		this.manager = manager;
	}

	@Override
	public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
		if (handler instanceof HandlerMethod method) {
			AccessRule rule = this.rules.ruleFor(method);
			if (rule != null) {
				this.manager.verify(() -> SecurityContextHolder.getContext().getAuthentication(), rule);
			}
			else if (RouteRules.isApi(request.getRequestURI()) && !HttpMethod.OPTIONS.matches(request.getMethod())) {
				throw new AccessDeniedException("Nobody has decided who may use this route");
			}
		}
		return true;
	}

}
