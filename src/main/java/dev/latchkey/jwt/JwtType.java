package dev.latchkey.jwt;

import java.util.Arrays;
import java.util.Optional;

import com.nimbusds.jose.JOSEObjectType;

/**
 * The kinds of JWT that a token can be exchanged for (RFC 8693 section 3). They differ in
 * the header {@code typ} alone, by which a resource server tells them apart.
 */
public enum JwtType {

	/** Any JWT; what a resource server takes that was told nothing. */
	JWT("urn:ietf:params:oauth:token-type:jwt", "JWT"),

	/** An access token by RFC 9068. */
	ACCESS_TOKEN("urn:ietf:params:oauth:token-type:access_token", "at+jwt");

	private final String uri;

	private final String header;

	JwtType(String uri, String header) {
		this.uri = uri;
		this.header = header;
	}

	/**
	 * Returns the name as it stands in requests and responses.
	 */
	public String uri() {
		return this.uri;
	}

	/**
	 * Returns what stands in the header {@code typ}.
	 */
	JOSEObjectType header() {
		return new JOSEObjectType(this.header);
	}

	/**
	 * Finds a kind by its name in a request.
	 */
	public static Optional<JwtType> of(String uri) {
		return Arrays.stream(values()).filter((type) -> type.uri.equals(uri)).findFirst();
	}

}
