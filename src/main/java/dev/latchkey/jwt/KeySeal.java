package dev.latchkey.jwt;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

import javax.crypto.spec.SecretKeySpec;

import org.jspecify.annotations.Nullable;

import org.springframework.security.crypto.encrypt.AesGcmBytesEncryptor;
import org.springframework.security.crypto.encrypt.BytesEncryptor;
import org.springframework.security.crypto.keygen.KeyGenerators;
import org.springframework.stereotype.Component;

/**
 * Seals signing keys with a key that is not in the database, so that a dump holds none
 * that signs.
 */
@Component
class KeySeal {

	/** As keys have been sealed from the first version on. */
	private static final int NONCE_BYTES = 12;

	private final @Nullable BytesEncryptor encryptor;

	KeySeal(JwtProperties properties) {
		String key = properties.keyEncryptionKey();
		this.encryptor = (key != null)
				? AesGcmBytesEncryptor.withSecretKey(new SecretKeySpec(Base64.getDecoder().decode(key), "AES"))
					.ivGenerator(KeyGenerators.secureRandom(NONCE_BYTES))
					.build()
				: null;
	}

	/**
	 * Returns the sealed text, or empty if there is no key to seal with.
	 */
	Optional<String> seal(String text) {
		return Optional.ofNullable(this.encryptor)
			.map((key) -> Base64.getEncoder().encodeToString(key.encrypt(text.getBytes(StandardCharsets.UTF_8))));
	}

	/**
	 * Returns the text, or empty if it was sealed with another key or not at all.
	 */
	Optional<String> open(@Nullable String text) {
		if (this.encryptor == null || text == null) {
			return Optional.empty();
		}
		try {
			return Optional
				.of(new String(this.encryptor.decrypt(Base64.getDecoder().decode(text)), StandardCharsets.UTF_8));
		}
		catch (IllegalStateException ex) {
			return Optional.empty();
		}
	}

}
