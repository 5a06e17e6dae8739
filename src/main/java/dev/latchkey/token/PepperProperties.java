package dev.latchkey.token;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

import dev.latchkey.startup.SettingFaults;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The peppers with which digests of tokens are keyed at rest.
 *
 * @param pepper 32 bytes or more in Base64, or null for digests without a key
 * @param retiredPepper the one before, until no token rests under it any more, or null
 */
@ConfigurationProperties("latchkey.tokens")
record PepperProperties(@Nullable String pepper, @Nullable String retiredPepper) {

	private static final int MIN_BYTES = 32;

	/** Of random bytes even a few are never all alike. */
	private static final int MIN_DIFFERENT = 8;

	private static final String MEANT = "32 or more random bytes in Base64, such as openssl rand -base64 32 prints";

	PepperProperties {
		new SettingFaults("latchkey.tokens").require(pepper == null || isRandom(pepper), "pepper", MEANT)
			.require(retiredPepper == null || isRandom(retiredPepper), "retired-pepper", MEANT)
			.require(
					retiredPepper == null || !isRandom(retiredPepper)
							|| (pepper != null && !pepper.equals(retiredPepper)),
					"retired-pepper", "another one than latchkey.tokens.pepper, which has to be set beside it")
			.raise();
	}

	private static boolean isRandom(String text) {
		try {
			byte[] bytes = Base64.getDecoder().decode(text);
			return bytes.length >= MIN_BYTES
					&& new String(bytes, StandardCharsets.ISO_8859_1).chars().distinct().count() >= MIN_DIFFERENT;
		}
		catch (IllegalArgumentException ex) {
			return false;
		}
	}

	@Override
	public String toString() {
		return "PepperProperties[****]";
	}

}
