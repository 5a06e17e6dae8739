package dev.latchkey.security;

import java.net.InetAddress;
import java.net.UnknownHostException;

import jakarta.servlet.http.HttpServletRequest;

import org.springframework.http.HttpMethod;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * What a verification needs to know of the request around the token.
 *
 * @param address from where it came
 * @param rotating whether it asks to rotate the very token it presents
 */
record RequestOrigin(InetAddress address, boolean rotating) {

	/** Matches as the route itself does, however the path is written. */
	private static final RequestMatcher ROTATE_CURRENT = PathPatternRequestMatcher.withDefaults()
		.matcher(HttpMethod.POST, "/api/tokens/current/rotate");

	static RequestOrigin of(HttpServletRequest request) {
		return new RequestOrigin(address(request.getRemoteAddr()), isRotation(request));
	}

	private static boolean isRotation(HttpServletRequest request) {
		return HttpMethod.POST.matches(request.getMethod()) && ROTATE_CURRENT.matches(request);
	}

	static boolean isApiWithHeader(HttpServletRequest request, String header) {
		String path = request.getRequestURI();
		return (path.startsWith("/api/") || path.equals("/forward-auth")) && request.getHeader(header) != null;
	}

	/** The container gives an address, never a name, so that nothing is looked up. */
	private static InetAddress address(String literal) {
		try {
			return InetAddress.getByName(literal);
		}
		catch (UnknownHostException ex) {
			throw new IllegalStateException("The container gave no address", ex);
		}
	}

}
