package dev.latchkey.monitoring;

import java.io.IOException;

import dev.latchkey.net.WithoutHeader;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Takes an {@code Accept} that is empty, or cannot be read, as none: whoever scrapes gets
 * the figures in their usual form.
 */
class UnreadableAcceptFilter extends OncePerRequestFilter {

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		boolean readable = isReadable(request.getHeader(HttpHeaders.ACCEPT));
		chain.doFilter(readable ? request : new WithoutHeader(request, HttpHeaders.ACCEPT), response);
	}

	private static boolean isReadable(@Nullable String accepted) {
		try {
			return !MediaType.parseMediaTypes(accepted).isEmpty();
		}
		catch (InvalidMediaTypeException ex) {
			return false;
		}
	}

}
