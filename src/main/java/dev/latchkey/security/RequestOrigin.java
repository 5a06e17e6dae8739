package dev.latchkey.security;

import java.net.InetAddress;
import java.net.UnknownHostException;

import jakarta.servlet.http.HttpServletRequest;

/**
 * What a verification needs to know of the request around the token.
 *
 * @param address from where it came
 * @param rotating whether it asks to rotate the very token it presents
 */
record RequestOrigin(InetAddress address, boolean rotating) {

	private static final String ROTATE_CURRENT = "/api/tokens/current/rotate";

	static RequestOrigin of(HttpServletRequest request) {
		return new RequestOrigin(address(request.getRemoteAddr()), ROTATE_CURRENT.equals(request.getRequestURI()));
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
