package dev.latchkey.resourceserver.spring;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.core.MethodClassKey;
import org.springframework.security.authentication.AuthenticationCredentialsNotFoundException;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Applies a route's annotation before its arguments are read. It writes refusals itself:
 * a handler of the host for all exceptions would make them something else.
 */
class RouteInterceptor implements HandlerInterceptor {

	private final Refusals refusals;

	private final Callers callers;

	/** By class, too: a method that many inherit has the rule of each. */
	private final Map<MethodClassKey, Optional<AccessRule>> rules = new ConcurrentHashMap<>();

	RouteInterceptor(Refusals refusals, Callers callers) {
		this.refusals = refusals;
		this.callers = callers;
	}

	@Override
	public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
			throws IOException {
		AccessRule rule = (handler instanceof HandlerMethod method) ? rule(method) : null;
		if (rule == null) {
			return true;
		}
		try {
			rule.check(this.callers.current());
			return true;
		}
		catch (ScopeDeniedException ex) {
			this.refusals.insufficientScope(request, response, ex.required());
		}
		catch (AuthenticationCredentialsNotFoundException ex) {
			this.refusals.authenticationRequired(request, response);
		}
		return false;
	}

	private @Nullable AccessRule rule(HandlerMethod handler) {
		return this.rules
			.computeIfAbsent(new MethodClassKey(handler.getMethod(), handler.getBeanType()),
					(key) -> Optional.ofNullable(AccessRule.of(handler.getMethod(), handler.getBeanType())))
			.orElse(null);
	}

}
