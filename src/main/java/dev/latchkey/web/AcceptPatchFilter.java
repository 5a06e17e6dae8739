package dev.latchkey.web;

import java.io.IOException;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;

/**
 * Says to {@code OPTIONS} which patches a route takes (RFC 5789 section 3.1). Spring
 * knows only those that a route declares, and otherwise writes a header without a value,
 * also where there is nothing to patch.
 */
@Component
class AcceptPatchFilter implements Filter {

	private static final String PATCHES = MediaType.APPLICATION_JSON_VALUE + ", application/merge-patch+json";

	@Override
	public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		boolean asked = HttpMethod.OPTIONS.matches(((HttpServletRequest) request).getMethod());
		chain.doFilter(request, asked ? new WithPatches((HttpServletResponse) response) : response);
	}

	/** {@code Allow} is written first. */
	private static final class WithPatches extends HttpServletResponseWrapper {

		private WithPatches(HttpServletResponse response) {
			super(response);
		}

		@Override
		public void addHeader(String name, String value) {
			if (!HttpHeaders.ACCEPT_PATCH.equalsIgnoreCase(name) || !value.isEmpty()) {
				super.addHeader(name, value);
			}
			else if (allows(getHeader(HttpHeaders.ALLOW))) {
				super.addHeader(name, PATCHES);
			}
		}

		private static boolean allows(@Nullable String methods) {
			return methods != null && methods.contains(HttpMethod.PATCH.name());
		}

	}

}
