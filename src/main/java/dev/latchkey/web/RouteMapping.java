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
 * no token whose id is "revoke". What path and method name alone is found at once, where
 * Spring compares conditions and makes a match of them for each request.
 */
class RouteMapping extends RequestMappingHandlerMapping {

	/** The paths that would also be taken for an id, with the routes that are meant. */
	private final Map<String, Set<RequestMappingInfo>> named = new HashMap<>();

	/** By path, then by method; routes never change. */
	private final Map<String, Map<String, Named>> direct = new HashMap<>();

	@Override
	public void afterPropertiesSet() {
		super.afterPropertiesSet();
		getHandlerMethods().forEach(this::remember);
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

	/**
	 * Where two share path and method, the request decides, and neither is remembered.
	 */
	private void remember(RequestMappingInfo route, HandlerMethod handler) {
		Named one = new Named(route, handler, asksForNothingElse(route));
		for (String path : route.getDirectPaths()) {
			Map<String, Named> methods = this.direct.computeIfAbsent(path, (absent) -> new HashMap<>());
			route.getMethodsCondition()
				.getMethods()
				.forEach((method) -> methods.merge(method.name(), one,
						(first, second) -> new Named(route, handler, false)));
		}
	}

	private static boolean asksForNothingElse(RequestMappingInfo route) {
		return route.getPatternValues().size() == 1 && route.getParamsCondition().isEmpty()
				&& route.getHeadersCondition().isEmpty() && route.getConsumesCondition().isEmpty()
				&& route.getProducesCondition().isEmpty() && route.getCustomCondition() == null;
	}

	private static boolean takesForVariable(RequestMappingInfo route, PathContainer path) {
		return route.getPathPatternsCondition() != null && route.getPathPatternsCondition()
			.getPatterns()
			.stream()
			.anyMatch((pattern) -> pattern.hasPatternSyntax() && pattern.matches(path));
	}

	@Override
	protected @Nullable HandlerMethod lookupHandlerMethod(String path, HttpServletRequest request) throws Exception {
		Named known = this.direct.getOrDefault(path, Map.of()).get(request.getMethod());
		if (known != null && known.alone()) {
			request.setAttribute(BEST_MATCHING_HANDLER_ATTRIBUTE, known.handler());
			handleMatch(known.route(), path, request);
			return known.handler();
		}
		Set<RequestMappingInfo> own = this.named.get(path);
		if (own == null || own.stream().anyMatch((route) -> route.getMatchingCondition(request) != null)) {
			return super.lookupHandlerMethod(path, request);
		}
		return handleNoMatch(own, path, request);
	}

	/**
	 * What a path and a method name.
	 *
	 * @param alone whether nothing else of the request has a say
	 */
	private record Named(RequestMappingInfo route, HandlerMethod handler, boolean alone) {

	}

}
