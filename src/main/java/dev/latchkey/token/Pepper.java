package dev.latchkey.token;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A key that is not in the database. With it a digest at rest can be made by nobody who
 * can only write rows.
 */
final class Pepper {

	private static final String ALGORITHM = "HmacSHA256";

	private static final byte[] FINGERPRINTED = "latchkey: which pepper is this".getBytes(StandardCharsets.US_ASCII);

	private static final int FINGERPRINT_BYTES = 16;

	private final SecretKeySpec key;

	Pepper(String base64) {
		this.key = new SecretKeySpec(Base64.getDecoder().decode(base64), ALGORITHM);
	}

	/**
	 * Returns what tells this pepper from others in the database, and opens nothing.
	 */
	String fingerprint() {
		return HexFormat.of().formatHex(mac(FINGERPRINTED), 0, FINGERPRINT_BYTES);
	}

	/**
	 * Returns what stands in the row of a token: the number of this pepper, and the HMAC
	 * of the token's SHA-256.
	 */
	TokenDigest seal(int number, TokenDigest digest) {
		return TokenDigest.keyed(number, mac(digest.bytes()));
	}

	private byte[] mac(byte[] message) {
		try {
			Mac mac = Mac.getInstance(ALGORITHM);
			mac.init(this.key);
			return mac.doFinal(message);
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("Every Java platform has HMAC with SHA-256", ex);
		}
	}

	@Override
	public String toString() {
		return "Pepper[****]";
	}

}
