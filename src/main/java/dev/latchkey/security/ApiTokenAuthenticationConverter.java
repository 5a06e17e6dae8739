package dev.latchkey.security;

import java.util.Enumeration;
import java.util.function.Predicate;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.AuthenticationConverter;
import org.springframework.security.web.firewall.RequestRejectedException;

/**
 * Reads the token of RFC 6750 section 2.1 from the one header that may carry it. The
 * scheme is case-insensitive (RFC 9110 section 11.1); several spaces before and after the
 * token are tolerated. Query and form are never looked at. While there are tokens of
 * Sanctum, {@code 12|secret} is one too.
 */
public class ApiTokenAuthenticationConverter implements AuthenticationConverter {

	private static final String BEARER = "Bearer";

	private static final int MAX_LENGTH = 512;

	private static final boolean[] TOKEN68 = new boolean[128];

	static {
		"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-._~+/".chars()
			.forEach((c) -> TOKEN68[c] = true);
	}

	private final String header;

	private final Predicate<String> numbered;

	/**
	 * Reads that header.
	 * @param numbered says of what has a sign that no header may have otherwise whether
	 * it is a token with a number before it
	 */
	ApiTokenAuthenticationConverter(String header, Predicate<String> numbered) {
		this.header = header;
		this.numbered = numbered;
	}

	/**
	 * Returns the presented token, or null where there is no header or another scheme.
	 * @throws MalformedCredentialsException if the header is there twice or badly formed
	 */
	@Override
	public @Nullable Authentication convert(HttpServletRequest request) {
		Enumeration<String> headers = request.getHeaders(this.header);
		if (!headers.hasMoreElements()) {
			return null;
		}
		String value = value(headers);
		if (headers.hasMoreElements()) {
			throw new MalformedCredentialsException("The header %s is given twice".formatted(this.header));
		}
		String token = token(value.strip());
		return (token != null) ? new PresentedToken(token, PresentationContext.of(request)) : null;
	}

	/**
	 * Returns whether the request carries credentials of any kind in its header, which
	 * then alone decide.
	 */
	public boolean isPresent(HttpServletRequest request) {
		return request.getHeader(this.header) != null;
	}

	/**
	 * Returns whether a token in the header opens something where the request is for, and
	 * the header carries credentials, so that a session is of no use to it.
	 */
	public boolean isPresentForApi(HttpServletRequest request) {
		return isPresent(request) && BearerRoutes.contain(request);
	}

	/** The firewall reads along, and refuses control characters wherever they stand. */
	private static String value(Enumeration<String> headers) {
		try {
			return headers.nextElement();
		}
		catch (RequestRejectedException ex) {
			throw new MalformedCredentialsException("The header has a character that no header may have");
		}
	}

	private @Nullable String token(String value) {
		int space = value.indexOf(' ');
		if (space < 0) {
			throw new MalformedCredentialsException("The header needs a scheme and a value: Bearer <token>");
		}
		String scheme = value.substring(0, space);
		if (!takes(scheme)) {
			return null;
		}
		if (value.length() > MAX_LENGTH) {
			throw new MalformedCredentialsException("The header is longer than %d characters".formatted(MAX_LENGTH));
		}
		int start = space;
		while (value.charAt(start) == ' ') {
			start++;
		}
		if (!mayBeToken(value.substring(start))) {
			throw new MalformedCredentialsException("The token has a character that RFC 6750 does not allow");
		}
		return token(scheme, value.substring(start));
	}

	/**
	 * Returns whether a scheme of this name is read; any other says nothing.
	 */
	boolean takes(String scheme) {
		return BEARER.equalsIgnoreCase(scheme);
	}

	/**
	 * Returns the token in the credentials of a scheme that is read.
	 * @throws MalformedCredentialsException if there cannot be one
	 */
	String token(String scheme, String credentials) {
		return credentials;
	}

	/**
	 * Returns whether that has no character but those of a token of some kind.
	 */
	boolean mayBeToken(String value) {
		return isToken68(value) || this.numbered.test(value);
	}

	/**
	 * RFC 9110 section 11.2: letters, digits and {@code -._~+/}, then any number of
	 * {@code =}.
	 */
	private static boolean isToken68(String value) {
		int end = value.length();
		while (end > 0 && value.charAt(end - 1) == '=') {
			end--;
		}
		for (int i = 0; i < end; i++) {
			char c = value.charAt(i);
			if (c >= TOKEN68.length || !TOKEN68[c]) {
				return false;
			}
		}
		return end > 0;
	}

}
