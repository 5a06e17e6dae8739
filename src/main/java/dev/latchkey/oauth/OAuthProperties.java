package dev.latchkey.oauth;

import java.time.Duration;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How long the tokens of flows live, and who signs.
 *
 * @param accessTokenLifetime life of an access token
 * @param refreshTokenLifetime life of a refresh token, counted anew at each refresh
 * @param refreshRetryWindow how long a refresh token may be redeemed again by a client
 * that lost the answer; zero for not at all
 * @param issuer the address under which clients know this server, or null for the one
 * that they happen to use
 * @param keyEncryptionKey 32 bytes in Base64 that seal the signing keys in the database,
 * so that all nodes share them, or null for keys that stay with the node that made them
 * @param signingKeyLifetime how long a key signs
 */
@Validated
@ConfigurationProperties("latchkey.oauth")
record OAuthProperties(@DefaultValue("1d") @NotNull Duration accessTokenLifetime,
		@DefaultValue("30d") @NotNull Duration refreshTokenLifetime,
		@DefaultValue("0s") @NotNull Duration refreshRetryWindow, @Nullable String issuer,
		@Nullable @Pattern(regexp = "[A-Za-z0-9+/]{43}=") String keyEncryptionKey,
		@DefaultValue("30d") @NotNull Duration signingKeyLifetime) {

	@Override
	public String toString() {
		return "OAuthProperties[accessTokenLifetime=%s, refreshTokenLifetime=%s, issuer=%s]"
			.formatted(this.accessTokenLifetime, this.refreshTokenLifetime, this.issuer);
	}

}
