package dev.latchkey.endpoint;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

import org.jspecify.annotations.Nullable;

/**
 * What a client says of itself by the Basic scheme: each part is encoded as in a form
 * before (RFC 6749 section 2.3.1).
 *
 * @param name what it calls itself
 * @param secret what it says is its secret, or null for nothing
 */
public record BasicCredentials(String name, @Nullable String secret) {

	private static final String SCHEME = "Basic ";

	/**
	 * Reads them.
	 * @throws OAuthException if the header has another scheme, or they cannot be read
	 */
	public static BasicCredentials read(String header) {
		if (!header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
			throw OAuthException.invalidClient();
		}
		try {
			String credentials = new String(Base64.getDecoder().decode(header.substring(SCHEME.length()).strip()),
					StandardCharsets.UTF_8);
			int colon = credentials.indexOf(':');
			if (colon < 0) {
				throw OAuthException.invalidClient();
			}
			String secret = URLDecoder.decode(credentials.substring(colon + 1), StandardCharsets.UTF_8);
			return new BasicCredentials(URLDecoder.decode(credentials.substring(0, colon), StandardCharsets.UTF_8),
					secret.isEmpty() ? null : secret);
		}
		catch (IllegalArgumentException ex) {
			throw OAuthException.invalidClient();
		}
	}

	/** The secret stays where it is. */
	@Override
	public String toString() {
		return "BasicCredentials[****]";
	}

}
