package dev.latchkey.page;

import java.io.IOException;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.web.servlet.resource.ResourceUrlEncodingFilter;

/**
 * Writes the names of style sheets and scripts with their hashes into pages, and spares
 * the API, which has none, a wrapper around each request.
 */
class PageUrlEncodingFilter extends ResourceUrlEncodingFilter {

	@Override
	public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		String path = ((HttpServletRequest) request).getRequestURI();
		if (path.startsWith("/api/") || path.equals("/forward-auth") || path.equals("/forward-auth/")) {
			chain.doFilter(request, response);
		}
		else {
			super.doFilter(request, response, chain);
		}
	}

}
