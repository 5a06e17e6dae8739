package dev.latchkey.security;

import java.io.IOException;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;

import org.springframework.http.HttpHeaders;

/**
 * Sets what every answer of the API bears: nobody keeps it, guesses its type or frames
 * it, and over TLS nobody asks in clear again. A route's own {@code Cache-Control} takes
 * the place of the default.
 */
class ApiHeadersFilter implements Filter {

	@Override
	public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		HttpServletResponse answer = (HttpServletResponse) response;
		answer.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
		answer.setHeader("X-Content-Type-Options", "nosniff");
		answer.setHeader("X-Frame-Options", "DENY");
		if (request.isSecure()) {
			answer.setHeader("Strict-Transport-Security", "max-age=31536000");
		}
		chain.doFilter(request, new OneCacheControl(answer));
	}

	/** Spring MVC adds headers and never sets them. */
	private static final class OneCacheControl extends HttpServletResponseWrapper {

		private OneCacheControl(HttpServletResponse response) {
			super(response);
		}

		@Override
		public void addHeader(String name, String value) {
			if (HttpHeaders.CACHE_CONTROL.equalsIgnoreCase(name)) {
				super.setHeader(name, value);
			}
			else {
				super.addHeader(name, value);
			}
		}

	}

}
