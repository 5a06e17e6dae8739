package dev.latchkey.jwt;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Seals signing keys with a key that is not in the database, so that a dump holds none
 * that signs.
 */
@Component
class KeySeal {

	private static final String CIPHER = "AES/GCM/NoPadding";

	private static final int NONCE_BYTES = 12;

	private static final int TAG_BITS = 128;

	private final SecureRandom random = new SecureRandom();

	private final @Nullable SecretKey key;

	KeySeal(JwtProperties properties) {
		String key = properties.keyEncryptionKey();
		this.key = (key != null) ? new SecretKeySpec(Base64.getDecoder().decode(key), "AES") : null;
	}

	/**
	 * Returns the sealed text, or empty if there is no key to seal with.
	 */
	Optional<String> seal(String text) {
		if (this.key == null) {
			return Optional.empty();
		}
		byte[] nonce = new byte[NONCE_BYTES];
		this.random.nextBytes(nonce);
		try {
			byte[] sealed = cipher(Cipher.ENCRYPT_MODE, this.key, nonce).doFinal(text.getBytes(StandardCharsets.UTF_8));
			byte[] both = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
			System.arraycopy(sealed, 0, both, NONCE_BYTES, sealed.length);
			return Optional.of(Base64.getEncoder().encodeToString(both));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("Every Java platform has AES-GCM", ex);
		}
	}

	/**
	 * Returns the text, or empty if it was sealed with another key or not at all.
	 */
	Optional<String> open(@Nullable String text) {
		if (this.key == null || text == null) {
			return Optional.empty();
		}
		byte[] sealed = Base64.getDecoder().decode(text);
		try {
			Cipher cipher = cipher(Cipher.DECRYPT_MODE, this.key, Arrays.copyOf(sealed, NONCE_BYTES));
			return Optional.of(new String(cipher.doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES),
					StandardCharsets.UTF_8));
		}
		catch (GeneralSecurityException ex) {
			return Optional.empty();
		}
	}

	private static Cipher cipher(int mode, SecretKey key, byte[] nonce) throws GeneralSecurityException {
		Cipher cipher = Cipher.getInstance(CIPHER);
		cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
		return cipher;
	}

}
