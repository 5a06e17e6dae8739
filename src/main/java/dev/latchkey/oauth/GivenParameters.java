package dev.latchkey.oauth;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpMethod;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Shows every endpoint of OAuth the parameters that were given: an empty one is as if
 * left out (RFC 6749 section 3.2), and a form's fields stand in the body alone, since
 * what stands in an address ends up in logs.
 */
class GivenParameters extends OncePerRequestFilter {

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		chain.doFilter(new Given(request), response);
	}

	/** The request without what was not given. */
	private static final class Given extends HttpServletRequestWrapper {

		private final boolean form;

		private @Nullable Map<String, String[]> parameters;

		private Given(HttpServletRequest request) {
			super(request);
			this.form = HttpMethod.POST.matches(request.getMethod());
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

		@Override
		public @Nullable String getQueryString() {
			return this.form ? null : super.getQueryString();
		}

		/** Of the values of a name, those of the query stand before those of the body. */
		private Map<String, String[]> read() {
			Map<String, Integer> inQuery = this.form ? count(super.getQueryString()) : Map.of();
			Map<String, String[]> given = new LinkedHashMap<>();
			super.getParameterMap().forEach((name, values) -> {
				String[] kept = Arrays.stream(values)
					.skip(inQuery.getOrDefault(name, 0))
					.filter((value) -> !value.isEmpty())
					.toArray(String[]::new);
				if (kept.length > 0) {
					given.put(name, kept);
				}
			});
			return Collections.unmodifiableMap(given);
		}

		private static Map<String, Integer> count(@Nullable String query) {
			Map<String, Integer> counts = new HashMap<>();
			for (String pair : (query != null) ? query.split("&") : new String[0]) {
				String name = pair.substring(0, (pair.indexOf('=') >= 0) ? pair.indexOf('=') : pair.length());
				counts.merge(URLDecoder.decode(name, StandardCharsets.UTF_8), 1, Integer::sum);
			}
			return counts;
		}

	}

}
