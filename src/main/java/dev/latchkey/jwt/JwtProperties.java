package dev.latchkey.jwt;

import java.time.Duration;
import java.util.regex.Pattern;

import dev.latchkey.startup.SettingFaults;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings of the keys that sign JWTs.
 *
 * @param keyEncryptionKey 32 bytes in Base64 that seal the signing keys in the database,
 * so that all nodes share them, or null for keys that stay with the node that made them
 * @param signingKeyLifetime how long a key signs
 */
@ConfigurationProperties("latchkey.oauth")
record JwtProperties(@Nullable String keyEncryptionKey, @DefaultValue("30d") Duration signingKeyLifetime) {

	private static final Pattern KEY = Pattern.compile("[A-Za-z0-9+/]{43}=");

	private static final Duration SHORTEST_KEY_LIFE = Duration.ofHours(1);

	JwtProperties {
		new SettingFaults("latchkey.oauth")
			.require(signingKeyLifetime.compareTo(SHORTEST_KEY_LIFE) >= 0, "signing-key-lifetime", "at least 1h")
			.require(keyEncryptionKey == null || KEY.matcher(keyEncryptionKey).matches(), "key-encryption-key",
					"32 bytes in Base64, such as openssl rand -base64 32 prints")
			.raise();
	}

	@Override
	public String toString() {
		return "JwtProperties[signingKeyLifetime=%s]".formatted(this.signingKeyLifetime);
	}

}
