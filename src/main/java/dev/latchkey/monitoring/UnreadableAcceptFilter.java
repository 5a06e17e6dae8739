package dev.latchkey.monitoring;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import dev.latchkey.net.WithoutHeader;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.util.MimeTypeUtils;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Takes an {@code Accept} that is empty, or cannot be read, as none: whoever scrapes gets
 * the figures in their usual form.
 */
class UnreadableAcceptFilter extends OncePerRequestFilter {

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		boolean readable = isReadable(Collections.list(request.getHeaders(HttpHeaders.ACCEPT)));
		chain.doFilter(readable ? request : new WithoutHeader(request, HttpHeaders.ACCEPT), response);
	}

	private static boolean isReadable(List<String> accepted) {
		try {
			List<MediaType> types = new ArrayList<>(MediaType.parseMediaTypes(accepted));
			// Of too many none is looked at.
			MimeTypeUtils.sortBySpecificity(types);
			return !types.isEmpty();
		}
		catch (IllegalArgumentException ex) {
			return false;
		}
	}

}
