package dev.latchkey.security;

import jakarta.servlet.http.HttpServletRequest;

/**
 * Where a token in the header opens something, and a header that cannot be read is
 * challenged: by the filters, and by the container where they never see it.
 */
final class BearerRoutes {

	private static final String[] PATTERNS = { "/api/**", "/admin/my-account", "/user/my-account" };

	private static final PlainPaths PATHS = PlainPaths.of(PATTERNS);

	/** Asked by proxies, with challenges of its own. */
	static final String GATEWAY = "/forward-auth";

	/** All that is beneath it, whatever a client of another service has asked for. */
	static final String BENEATH_GATEWAY = GATEWAY + "/";

	private BearerRoutes() {
	}

	/**
	 * Returns the patterns of their paths.
	 */
	static String[] patterns() {
		return PATTERNS.clone();
	}

	/**
	 * Returns whether a path is one of them, as it was written in the request.
	 */
	static boolean contain(String path) {
		return PATHS.contain(path);
	}

	/**
	 * Returns whether a request is for one of them, or for the route for proxies.
	 */
	static boolean contain(HttpServletRequest request) {
		return PATHS.matches(request) || isGateway(request.getRequestURI());
	}

	/**
	 * Returns whether a path is the route for proxies or beneath it.
	 */
	static boolean isGateway(String path) {
		return path.equals(GATEWAY) || path.startsWith(BENEATH_GATEWAY);
	}

}
