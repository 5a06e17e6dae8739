package dev.latchkey.client;

import java.security.SecureRandom;
import java.util.Base64;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.latchkey.token.TokenDigest;
import dev.latchkey.value.MayBeToken;

/**
 * A client's secret, or what somebody says is one; it never prints itself.
 *
 * @param value the characters
 */
@MayBeToken
public record ClientSecret(@JsonValue String value) {

	private static final SecureRandom RANDOM = new SecureRandom();

	private static final int BYTES = 32;

	@JsonCreator(mode = JsonCreator.Mode.DELEGATING)
	public ClientSecret {
		// Only names the canonical constructor as the one that reads a JSON string.
	}

	/**
	 * Returns 256 bits from the system's secure generator.
	 */
	static ClientSecret generate() {
		byte[] bytes = new byte[BYTES];
		RANDOM.nextBytes(bytes);
		return new ClientSecret(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
	}

	TokenDigest digest() {
		return TokenDigest.of(this.value);
	}

	@Override
	public String toString() {
		return "ClientSecret[****]";
	}

}
