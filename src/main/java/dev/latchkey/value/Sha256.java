package dev.latchkey.value;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The digest SHA-256 (FIPS 180-4) of texts.
 */
public final class Sha256 {

	private Sha256() {
	}

	/**
	 * Returns the 32 bytes of the digest of a text in UTF-8.
	 */
	public static byte[] of(String text) {
		try {
			return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256", ex);
		}
	}

}
