package dev.latchkey.web;

import java.io.IOException;

import dev.latchkey.problem.ProblemCode;
import dev.latchkey.problem.ProblemWriter;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Refuses a path that could have been written more plainly, on every route and before
 * anybody looks for one. The container finds {@code /a/./b}, {@code /a//b},
 * {@code /a;x/b} and {@code /a/%62} under {@code /a/b}; a proxy that guards {@code /a/b}
 * does not.
 * <p>
 * What a client of another service has written beneath {@code /forward-auth/} never comes
 * here: {@code net.ProxiedPathAdapter} has forgotten it.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 2)
class PlainPathFilter implements Filter {

	/** What the container lets through for the sake of those clients. */
	private static final String NEVER_IN_A_PATH = "\"<>[\\]^`{|}";

	private final ProblemWriter problems;

	PlainPathFilter(ProblemWriter problems) {
		this.problems = problems;
	}

	@Override
	public void doFilter(ServletRequest given, ServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		HttpServletRequest request = (HttpServletRequest) given;
		String path = request.getRequestURI();
		if (isPlain(path)) {
			chain.doFilter(request, response);
		}
		else {
			this.problems.write(request, (HttpServletResponse) response, ProblemCode.MALFORMED_REQUEST,
					"The path is not written plainly: without //, /./, /../, ;, escapes that are not needed "
							+ "and what a path cannot have.");
		}
	}

	/** Looks at each character once: every request comes by here. */
	static boolean isPlain(String path) {
		int segment = 0;
		for (int i = 0; i < path.length(); i++) {
			char c = path.charAt(i);
			if (c == ';' || (c == '%' && isUnreserved(path, i)) || NEVER_IN_A_PATH.indexOf(c) >= 0) {
				return false;
			}
			if (c == '/') {
				if (i > 0 && (segment == i || isDots(path, segment, i))) {
					return false;
				}
				segment = i + 1;
			}
		}
		return !isDots(path, segment, path.length());
	}

	private static boolean isDots(String path, int start, int end) {
		int length = end - start;
		return (length == 1 || length == 2) && path.charAt(start) == '.' && path.charAt(end - 1) == '.';
	}

	/** RFC 3986 section 2.3: such a character never needs to be escaped. */
	private static boolean isUnreserved(String path, int percent) {
		if (percent + 2 >= path.length()) {
			return false;
		}
		int high = Character.digit(path.charAt(percent + 1), 16);
		int low = Character.digit(path.charAt(percent + 2), 16);
		int c = (high << 4) + low;
		return high >= 0 && low >= 0 && ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
				|| "-._~".indexOf(c) >= 0);
	}

}
