package dev.latchkey.resourceserver.spring;

import java.io.IOException;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

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

	RouteInterceptor(Refusals refusals, Callers callers) {
		this.refusals = refusals;
		this.callers = callers;
	}

	@Override
	public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
			throws IOException {
		AccessRule rule = (handler instanceof HandlerMethod method)
				? AccessRule.of(method.getMethod(), method.getBeanType()) : null;
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

}
