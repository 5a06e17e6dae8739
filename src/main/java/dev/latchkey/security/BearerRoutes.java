package dev.latchkey.security;

import java.util.List;

/**
 * Where a token in the header opens something, and a header that cannot be read is
 * challenged: by the filters, and by the container where they never see it.
 */
final class BearerRoutes {

	private static final String BENEATH = "/**";

	private static final List<String> PATTERNS = List.of("/api/**", "/admin/my-account", "/user/my-account");

	private BearerRoutes() {
	}

	/**
	 * Returns the patterns of their paths.
	 */
	static String[] patterns() {
		return PATTERNS.toArray(String[]::new);
	}

	/**
	 * Returns whether a path is one of them, as it was written in the request.
	 */
	static boolean contain(String path) {
		return PATTERNS.stream()
			.anyMatch((pattern) -> pattern.endsWith(BENEATH)
					? path.startsWith(pattern.substring(0, pattern.length() - BENEATH.length() + 1))
					: path.equals(pattern));
	}

}
