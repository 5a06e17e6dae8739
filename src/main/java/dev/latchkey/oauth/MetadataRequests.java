package dev.latchkey.oauth;

import java.io.IOException;
import java.net.URI;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpMethod;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ServletRequestPathUtils;

/**
 * Lets the library's documents be asked for in two more ways that it does not know: all
 * of them by {@code HEAD}, of which the container sends no body, and the metadata under
 * the path of the issuer where it has one (RFC 8414 section 3.1).
 */
class MetadataRequests extends OncePerRequestFilter {

	static final String METADATA = "/.well-known/oauth-authorization-server";

	private final String issuerPath;

	MetadataRequests(@Nullable String issuer) {
		String path = (issuer != null) ? URI.create(issuer).getRawPath() : "";
		this.issuerPath = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		boolean ofIssuer = !this.issuerPath.isEmpty() && request.getRequestURI().equals(METADATA + this.issuerPath);
		if (ofIssuer || HttpMethod.HEAD.matches(request.getMethod())) {
			ServletRequestPathUtils.clearParsedRequestPath(request);
			chain.doFilter(new Plain(request, ofIssuer), response);
		}
		else {
			chain.doFilter(request, response);
		}
	}

	/** The request as the library knows it. */
	private static final class Plain extends HttpServletRequestWrapper {

		private final boolean ofIssuer;

		private Plain(HttpServletRequest request, boolean ofIssuer) {
			super(request);
			this.ofIssuer = ofIssuer;
		}

		@Override
		public String getMethod() {
			return HttpMethod.HEAD.matches(super.getMethod()) ? HttpMethod.GET.name() : super.getMethod();
		}

		@Override
		public String getRequestURI() {
			return this.ofIssuer ? METADATA : super.getRequestURI();
		}

		@Override
		public String getServletPath() {
			return this.ofIssuer ? METADATA : super.getServletPath();
		}

	}

}
