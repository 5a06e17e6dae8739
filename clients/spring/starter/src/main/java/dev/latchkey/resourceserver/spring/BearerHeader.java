package dev.latchkey.resourceserver.spring;

import java.util.Collections;
import java.util.List;

import jakarta.servlet.http.HttpServletRequest;

import org.springframework.http.HttpHeaders;

/**
 * The one place where a token is looked for (RFC 6750 section 2.1). Another scheme is the
 * host's own affair.
 */
final class BearerHeader {

	private static final String BEARER = "Bearer";

	private static final int LONGEST = 512;

	private BearerHeader() {
	}

	/**
	 * Returns whether the header has that scheme, so that it alone decides.
	 */
	static boolean isIn(HttpServletRequest request) {
		return values(request).stream().anyMatch(BearerHeader::isBearer);
	}

	private static boolean isBearer(String value) {
		String stripped = value.strip();
		return stripped.regionMatches(true, 0, BEARER, 0, BEARER.length())
				&& (stripped.length() == BEARER.length() || stripped.charAt(BEARER.length()) == ' ');
	}

	/**
	 * Returns the token.
	 * @throws MalformedHeaderException if the header cannot be read
	 */
	static String token(HttpServletRequest request) throws MalformedHeaderException {
		List<String> values = values(request);
		if (values.size() > 1) {
			throw new MalformedHeaderException("The header Authorization is given twice");
		}
		String value = values.get(0).strip();
		if (value.length() > LONGEST) {
			throw new MalformedHeaderException("The header is longer than %d characters".formatted(LONGEST));
		}
		String token = value.substring(BEARER.length()).strip();
		if (token.isEmpty()) {
			throw new MalformedHeaderException("The header needs a scheme and a value: Bearer <token>");
		}
		if (!token.chars().allMatch(BearerHeader::isAllowed)) {
			throw new MalformedHeaderException("The token has a character that RFC 6750 does not allow");
		}
		return token;
	}

	/** What a token68 has, and the sign after the number of imported ones. */
	private static boolean isAllowed(int c) {
		return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || "-._~+/=|".indexOf(c) >= 0;
	}

	private static List<String> values(HttpServletRequest request) {
		return Collections.list(request.getHeaders(HttpHeaders.AUTHORIZATION));
	}

	/** Says what is wrong with the header, in words that repeat nothing of it. */
	static final class MalformedHeaderException extends Exception {

		private static final long serialVersionUID = 1L;

		private MalformedHeaderException(String message) {
			super(message);
		}

	}

}
