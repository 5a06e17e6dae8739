package dev.latchkey.security;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import jakarta.servlet.http.HttpServletRequest;

import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * Matches requests by their path as it is written, which is enough: what is not written
 * plainly is refused before. It is asked by every request of every chain, and so takes no
 * path apart.
 */
final class PlainPaths implements RequestMatcher {

	private final Set<String> whole = new HashSet<>();

	private final List<String> above = new ArrayList<>();

	private final List<String> parents = new ArrayList<>();

	private PlainPaths() {
	}

	/**
	 * Returns a matcher of any of these.
	 * @param patterns paths, which may end with {@code /*} for what lies right beneath or
	 * {@code /**} for the path itself and all that lies beneath
	 */
	static PlainPaths of(String... patterns) {
		PlainPaths paths = new PlainPaths();
		for (String pattern : patterns) {
			if (pattern.endsWith("/**")) {
				paths.above.add(pattern.substring(0, pattern.length() - 2));
				paths.whole.add(pattern.substring(0, pattern.length() - 3));
			}
			else if (pattern.endsWith("/*")) {
				paths.parents.add(pattern.substring(0, pattern.length() - 1));
			}
			else {
				paths.whole.add(pattern);
			}
		}
		return paths;
	}

	@Override
	public boolean matches(HttpServletRequest request) {
		return contain(request.getRequestURI().substring(request.getContextPath().length()));
	}

	boolean contain(String path) {
		for (String prefix : this.above) {
			if (path.startsWith(prefix)) {
				return true;
			}
		}
		for (String parent : this.parents) {
			if (path.startsWith(parent) && path.indexOf('/', parent.length()) < 0) {
				return true;
			}
		}
		return this.whole.contains(path);
	}

}
