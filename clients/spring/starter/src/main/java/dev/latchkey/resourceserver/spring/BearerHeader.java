package dev.latchkey.resourceserver.spring;

import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;

import jakarta.servlet.http.HttpServletRequest;

import org.springframework.http.HttpHeaders;
import org.springframework.security.web.firewall.RequestRejectedException;

/**
 * The one place where a token is looked for (RFC 6750 section 2.1). Another scheme is the
 * host's own affair; what has none is refused.
 */
final class BearerHeader {

	private static final String BEARER = "bearer";

	/** A token68, and the sign after the number of imported ones. */
	private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/|-]+=*");

	private BearerHeader() {
	}

	/**
	 * Returns whether the header has that scheme, or cannot be read, so that it alone
	 * decides.
	 */
	static boolean isIn(HttpServletRequest request) {
		try {
			for (String value : values(request)) {
				if (isOurs(value)) {
					return true;
				}
			}
			return false;
		}
		catch (MalformedHeaderException ex) {
			return true;
		}
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
	static String token(HttpServletRequest request, int longest) throws MalformedHeaderException {
		List<String> values = values(request);
		if (values.size() > 1) {
			throw new MalformedHeaderException("The header Authorization is given twice");
		}
		String value = values.get(0);
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
		if (!TOKEN.matcher(token).matches()) {
			throw new MalformedHeaderException("The token has a character that RFC 6750 does not allow");
		}
		return token;
	}

	/** The firewall reads along, and refuses characters that no header may have. */
	private static List<String> values(HttpServletRequest request) throws MalformedHeaderException {
		try {
			List<String> values = Collections.list(request.getHeaders(HttpHeaders.AUTHORIZATION));
			values.replaceAll(String::strip);
			return values;
		}
		catch (RequestRejectedException ex) {
			throw new MalformedHeaderException("The header has a character that no header may have");
		}
	}

	/** Says what is wrong with the header, in words that repeat nothing of it. */
	static final class MalformedHeaderException extends Exception {

		private static final long serialVersionUID = 1L;

		private MalformedHeaderException(String message) {
			super(message);
		}

	}

}
