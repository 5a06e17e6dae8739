package dev.latchkey.web;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.http.server.PathContainer;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Finds routes as Spring does, and lets a path that is written out answer for itself:
 * {@code GET /api/tokens/revoke} asks for a method that this route does not have, and for
 * no token whose id is "revoke".
 */
class RouteMapping extends RequestMappingHandlerMapping {

	/** The paths that would also be taken for an id, with the routes that are meant. */
	private final Map<String, Set<RequestMappingInfo>> named = new HashMap<>();

	@Override
	public void afterPropertiesSet() {
		super.afterPropertiesSet();
		Set<RequestMappingInfo> routes = getHandlerMethods().keySet();
		for (RequestMappingInfo route : routes) {
			for (String path : route.getDirectPaths()) {
				PathContainer parsed = PathContainer.parsePath(path);
				if (routes.stream().anyMatch((other) -> takesForVariable(other, parsed))) {
					this.named.computeIfAbsent(path, (unused) -> new HashSet<>()).add(route);
				}
			}
		}
	}

	private static boolean takesForVariable(RequestMappingInfo route, PathContainer path) {
		return route.getPathPatternsCondition() != null && route.getPathPatternsCondition()
			.getPatterns()
			.stream()
			.anyMatch((pattern) -> pattern.hasPatternSyntax() && pattern.matches(path));
	}

	@Override
	protected @Nullable HandlerMethod lookupHandlerMethod(String path, HttpServletRequest request) throws Exception {
		Set<RequestMappingInfo> own = this.named.get(path);
		if (own == null || own.stream().anyMatch((route) -> route.getMatchingCondition(request) != null)) {
			return super.lookupHandlerMethod(path, request);
		}
		return handleNoMatch(own, path, request);
	}

}
