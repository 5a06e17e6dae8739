package dev.latchkey.resourceserver.spring;

import java.net.URI;
import java.time.Duration;

import dev.latchkey.resourceserver.VerifierSettings;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * Settings of a service that takes Latchkey's tokens.
 *
 * @param address Latchkey's address, or that of the balancer in front of it
 * @param clientId id of a client with a secret; one with a resource hears of that
 * resource's tokens alone
 * @param clientSecret secret of that client
 * @param resource this service's own address as Latchkey knows it; set, tokens that are
 * not for it are refused
 * @param maxStaleness how long after a revocation a token may be accepted where this
 * service hears nothing, 2s to 5m; the more, the longer it lives through an outage of
 * Latchkey, and the longer a revoked token lives with it
 * @param maxKept how many answers are kept, at about half a kilobyte each
 * @param otherForms whether signed and imported tokens are taken, too; then any header is
 * asked about, and not only what has the form of a token
 * @param resourceMetadata address of this service's metadata (RFC 9728), which challenges
 * name
 */
@ConfigurationProperties("latchkey.resource-server")
record LatchkeyResourceServerProperties(@Nullable URI address, @Nullable String clientId, @Nullable String clientSecret,
		@Nullable String resource, @DefaultValue("2s") Duration maxStaleness, @DefaultValue("100000") int maxKept,
		@DefaultValue("false") boolean otherForms, @Nullable String resourceMetadata) {

	private static final String PREFIX = "latchkey.resource-server.";

	LatchkeyConnectionDetails connection() {
		return new LatchkeyConnectionDetails() {

			@Override
			public URI address() {
				return required(LatchkeyResourceServerProperties.this.address, "address", "Latchkey's address");
			}

			@Override
			public String clientId() {
				return required(LatchkeyResourceServerProperties.this.clientId, "client-id",
						"the id of a client at Latchkey");
			}

			@Override
			public String clientSecret() {
				return required(LatchkeyResourceServerProperties.this.clientSecret, "client-secret",
						"the secret of that client");
			}

		};
	}

	VerifierSettings settings(LatchkeyConnectionDetails connection) {
		try {
			return new VerifierSettings(connection.address(), connection.clientId(), connection.clientSecret(),
					this.resource, this.maxStaleness, this.maxKept, this.otherForms);
		}
		catch (IllegalArgumentException ex) {
			String reason = String.valueOf(ex.getMessage());
			throw new InvalidConfigurationPropertyValueException(PREFIX + reason.substring(0, reason.indexOf(' ')),
					null, reason + ".");
		}
	}

	private static <T> T required(@Nullable T value, String name, String wanted) {
		if (value == null) {
			throw new InvalidConfigurationPropertyValueException(PREFIX + name, null, "Set it to " + wanted + ".");
		}
		return value;
	}

	/** Without the secret. */
	@Override
	public String toString() {
		return "LatchkeyResourceServerProperties[%s as %s]".formatted(this.address, this.clientId);
	}

}
