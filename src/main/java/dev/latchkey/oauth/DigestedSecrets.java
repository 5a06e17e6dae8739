package dev.latchkey.oauth;

import dev.latchkey.token.TokenDigest;
import org.jspecify.annotations.Nullable;

import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * Compares a client's secret with its SHA-256. Unlike a password it is 256 random bits,
 * which need no slow hash.
 */
class DigestedSecrets implements PasswordEncoder {

	@Override
	public String encode(@Nullable CharSequence secret) {
		throw new UnsupportedOperationException("Secrets are kept elsewhere");
	}

	@Override
	public boolean matches(@Nullable CharSequence presented, @Nullable String digest) {
		return presented != null && digest != null
				&& TokenDigest.parse(digest)
					.filter((known) -> known.equals(TokenDigest.of(presented.toString())))
					.isPresent();
	}

}
