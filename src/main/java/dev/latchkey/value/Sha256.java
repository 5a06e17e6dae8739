package dev.latchkey.value;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The digest SHA-256 (FIPS 180-4) of texts.
 */
public final class Sha256 {

	/** Never digests anything; a copy costs a fraction of looking the algorithm up. */
	private static final MessageDigest FRESH = fresh();

	private Sha256() {
	}

	/**
	 * Returns the 32 bytes of the digest of a text in UTF-8.
	 */
	public static byte[] of(String text) {
		return copy().digest(text.getBytes(StandardCharsets.UTF_8));
	}

	private static MessageDigest copy() {
		try {
			return (MessageDigest) FRESH.clone();
		}
		catch (CloneNotSupportedException ex) {
			// Some other provider's, which holds the state outside of the heap.
			return fresh();
		}
	}

	private static MessageDigest fresh() {
		try {
			return MessageDigest.getInstance("SHA-256");
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256", ex);
		}
	}

}
