package dev.latchkey.client;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;

/**
 * Knows what may stand in {@code aud} of a JWT (RFC 7519 section 4.1.3): a name, or an
 * address, which is whatever has a colon. They are compared character by character, so
 * that a wildcard would look like more than it is.
 */
final class Audiences {

	/** With the number of the entry, counted from 1. */
	static final String RULE = "has an entry that is not acceptable (#%d): an absolute URI without fragment, wildcard and user"
			+ " name, or a name of letters, digits, dots, dashes, underscores and slashes, of up to 500 characters";

	private static final Pattern FORM = Pattern.compile("[!-~&&[^*]]{1,500}");

	private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/-]*");

	private Audiences() {
	}

	static boolean isAcceptable(String candidate) {
		if (!FORM.matcher(candidate).matches()) {
			return false;
		}
		return (candidate.indexOf(':') < 0) ? NAME.matcher(candidate).matches() : isAddress(candidate);
	}

	private static boolean isAddress(String candidate) {
		try {
			URI uri = new URI(candidate);
			return uri.isAbsolute() && uri.getRawFragment() == null && uri.getRawUserInfo() == null;
		}
		catch (URISyntaxException ex) {
			return false;
		}
	}

}
