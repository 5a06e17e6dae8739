package dev.latchkey.security;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.function.Predicate;

/**
 * Reads the token from Basic credentials too (RFC 7617), where it is the password. The
 * name before the first colon is ignored: no rule of a name's can make a good token bad,
 * and nobody is taken for whom the name says.
 */
class BasicTokenConverter extends ApiTokenAuthenticationConverter {

	private static final String BASIC = "Basic";

	BasicTokenConverter(String header, Predicate<String> numbered) {
		super(header, numbered);
	}

	@Override
	boolean takes(String scheme) {
		return super.takes(scheme) || BASIC.equalsIgnoreCase(scheme);
	}

	@Override
	String token(String scheme, String credentials) {
		return BASIC.equalsIgnoreCase(scheme) ? password(credentials) : super.token(scheme, credentials);
	}

	/** What is no password of ASCII is no token, whatever encoding was meant. */
	private String password(String credentials) {
		String pair;
		try {
			pair = new String(Base64.getDecoder().decode(credentials), StandardCharsets.ISO_8859_1);
		}
		catch (IllegalArgumentException ex) {
			throw new MalformedCredentialsException("Basic credentials are a name, a colon and a token, in Base64");
		}
		int colon = pair.indexOf(':');
		if (colon < 0 || !mayBeToken(pair.substring(colon + 1))) {
			throw new MalformedCredentialsException("Basic credentials are a name, a colon and a token, in Base64");
		}
		return pair.substring(colon + 1);
	}

}
