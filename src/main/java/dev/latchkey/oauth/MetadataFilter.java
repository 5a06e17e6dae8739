package dev.latchkey.oauth;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpMethod;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ServletRequestPathUtils;

/**
 * Lets the library's documents be asked for in two more ways that it does not know: all
 * of them by {@code HEAD}, of which the container sends no body, and the metadata under
 * the path of the issuer where it has one (RFC 8414 section 3.1). What it writes as text
 * goes out as JSON does, in UTF-8 and without a word on that.
 */
class MetadataFilter extends OncePerRequestFilter {

	static final String METADATA = "/.well-known/oauth-authorization-server";

	private final String issuerPath;

	MetadataFilter(@Nullable String issuer) {
		String path = (issuer != null) ? URI.create(issuer).getRawPath() : "";
		this.issuerPath = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse answer, FilterChain chain)
			throws ServletException, IOException {
		HttpServletResponse response = new InUtf8(answer);
		boolean ofIssuer = !this.issuerPath.isEmpty() && request.getRequestURI().equals(METADATA + this.issuerPath);
		if (ofIssuer || HttpMethod.HEAD.matches(request.getMethod())) {
			ServletRequestPathUtils.clearParsedRequestPath(request);
			chain.doFilter(new Plain(request, ofIssuer), response);
		}
		else {
			chain.doFilter(request, response);
		}
	}

	/** The container would name the encoding of a writer, and take Latin-1. */
	private static final class InUtf8 extends HttpServletResponseWrapper {

		private @Nullable PrintWriter writer;

		private InUtf8(HttpServletResponse response) {
			super(response);
		}

		@Override
		public PrintWriter getWriter() throws IOException {
			PrintWriter known = this.writer;
			if (known == null) {
				known = new PrintWriter(getOutputStream(), false, StandardCharsets.UTF_8);
				this.writer = known;
			}
			return known;
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
