package dev.latchkey.resourceserver.spring;

import java.util.Collections;
import java.util.List;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.security.web.firewall.RequestRejectedException;

/**
 * The one place where a token is looked for (RFC 6750 section 2.1). Another scheme is the
 * host's own affair; what has none is refused. The firewall looks at each character
 * whenever a header is read, so that it is read once.
 */
final class BearerHeader {

	private static final String BEARER = "bearer";

	/** Null where it has a character that no header may have. */
	private final @Nullable List<String> values;

	private BearerHeader(@Nullable List<String> values) {
		this.values = values;
	}

	static BearerHeader of(HttpServletRequest request) {
		try {
			List<String> values = Collections.list(request.getHeaders(HttpHeaders.AUTHORIZATION));
			values.replaceAll(String::strip);
			return new BearerHeader(values);
		}
		catch (RequestRejectedException ex) {
			return new BearerHeader(null);
		}
	}

	/**
	 * Returns whether the header of a request is there to be decided by.
	 */
	static boolean isIn(HttpServletRequest request) {
		return of(request).decides();
	}

	/**
	 * Returns whether the header has that scheme, or cannot be read, so that it alone
	 * decides.
	 */
	boolean decides() {
		return this.values == null || this.values.stream().anyMatch(BearerHeader::isOurs);
	}

	/** What has no scheme is nobody else's. */
	private static boolean isOurs(String value) {
		return value.indexOf(' ') < 0 || (value.regionMatches(true, 0, BEARER, 0, BEARER.length())
				&& (value.charAt(BEARER.length()) == ' ' || value.charAt(BEARER.length()) == '\t'));
	}

	/**
	 * Returns the token.
	 * @param longest how long the header may be
	 * @throws MalformedHeaderException if the header cannot be read
	 */
	String token(int longest) throws MalformedHeaderException {
		if (this.values == null) {
			throw new MalformedHeaderException("The header has a character that no header may have");
		}
		if (this.values.size() > 1) {
			throw new MalformedHeaderException("The header Authorization is given twice");
		}
		String value = this.values.get(0);
		int space = value.indexOf(' ');
		if (space < 0) {
			throw new MalformedHeaderException("The header needs a scheme and a value: Bearer <token>");
		}
		if (value.length() > longest) {
			throw new MalformedHeaderException("The header is longer than %d characters".formatted(longest));
		}
		int begin = space;
		while (value.charAt(begin) == ' ') {
			begin++;
		}
		String token = value.substring(begin);
		if (!isToken68(token)) {
			throw new MalformedHeaderException("The token has a character that RFC 6750 does not allow");
		}
		return token;
	}

	/**
	 * A token68 (RFC 9110 section 11.2), and the sign after the number of imported ones.
	 */
	private static boolean isToken68(String value) {
		int end = value.length();
		while (end > 0 && value.charAt(end - 1) == '=') {
			end--;
		}
		for (int i = 0; i < end; i++) {
			char c = value.charAt(i);
			boolean letterOrDigit = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
			if (!letterOrDigit && "-._~+/|".indexOf(c) < 0) {
				return false;
			}
		}
		return end > 0;
	}

	/** Says what is wrong with the header, in words that repeat nothing of it. */
	static final class MalformedHeaderException extends Exception {

		private static final long serialVersionUID = 1L;

		private MalformedHeaderException(String message) {
			super(message);
		}

	}

}
