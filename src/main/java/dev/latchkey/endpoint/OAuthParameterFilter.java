package dev.latchkey.endpoint;

import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Map;

import dev.latchkey.scope.Scopes;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Shows every endpoint of OAuth the parameters that were given: an empty one is as if
 * left out (RFC 6749 section 3.2), and scopes have single spaces between them (section
 * 3.3), however many were given.
 */
class OAuthParameterFilter extends OncePerRequestFilter {

	private static final String SCOPE = "scope";

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		chain.doFilter(new Given(request), response);
	}

	/** The request without what was not given. */
	private static final class Given extends HttpServletRequestWrapper {

		private @Nullable Map<String, String[]> parameters;

		private Given(HttpServletRequest request) {
			super(request);
		}

		@Override
		public Map<String, String[]> getParameterMap() {
			if (this.parameters == null) {
				this.parameters = read();
			}
			return this.parameters;
		}

		@Override
		public String @Nullable [] getParameterValues(String name) {
			String[] values = getParameterMap().get(name);
			return (values != null) ? values.clone() : null;
		}

		@Override
		public @Nullable String getParameter(String name) {
			String[] values = getParameterMap().get(name);
			return (values != null) ? values[0] : null;
		}

		@Override
		public Enumeration<String> getParameterNames() {
			return Collections.enumeration(getParameterMap().keySet());
		}

		private Map<String, String[]> read() {
			Map<String, String[]> given = new LinkedHashMap<>();
			super.getParameterMap().forEach((name, values) -> {
				String[] kept = Arrays.stream(values)
					.map((value) -> SCOPE.equals(name) ? Scopes.parse(value).toString() : value)
					.filter((value) -> !value.isEmpty())
					.toArray(String[]::new);
				if (kept.length > 0) {
					given.put(name, kept);
				}
			});
			return Collections.unmodifiableMap(given);
		}

	}

}
