package dev.latchkey.web;

import java.io.IOException;

import dev.latchkey.problem.ProblemCode;
import dev.latchkey.problem.ProblemException;
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
 * Beneath {@code /forward-auth/} the path is that of another service's client, who may
 * write it in any way. It is not judged, and it leads to no other route.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 2)
class PlainPathFilter implements Filter {

	private static final String OF_ANOTHER_SERVICE = "/forward-auth/";

	private final ProblemWriter problems;

	PlainPathFilter(ProblemWriter problems) {
		this.problems = problems;
	}

	@Override
	public void doFilter(ServletRequest given, ServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		HttpServletRequest request = (HttpServletRequest) given;
		String path = request.getRequestURI();
		if (path.startsWith(OF_ANOTHER_SERVICE)) {
			ProblemException nothing = ProblemException.notFound();
			this.problems.write(request, (HttpServletResponse) response, nothing.code(),
					String.valueOf(nothing.getMessage()));
		}
		else if (isPlain(path)) {
			chain.doFilter(request, response);
		}
		else {
			this.problems.write(request, (HttpServletResponse) response, ProblemCode.MALFORMED_REQUEST,
					"The path is not written plainly: without //, /./, /../, ; and escapes that are not needed.");
		}
	}

	/** Looks at each character once: every request comes by here. */
	static boolean isPlain(String path) {
		int segment = 0;
		for (int i = 0; i < path.length(); i++) {
			char c = path.charAt(i);
			if (c == ';' || (c == '%' && isUnreserved(path, i))) {
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
