package dev.latchkey.oauth;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.regex.Pattern;

import dev.latchkey.startup.SettingFaults;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

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
@ConfigurationProperties("latchkey.oauth")
record OAuthProperties(@DefaultValue("1d") Duration accessTokenLifetime,
		@DefaultValue("30d") Duration refreshTokenLifetime, @DefaultValue("0s") Duration refreshRetryWindow,
		@Nullable String issuer, @Nullable String keyEncryptionKey, @DefaultValue("30d") Duration signingKeyLifetime) {

	private static final Pattern KEY = Pattern.compile("[A-Za-z0-9+/]{43}=");

	private static final Duration SHORTEST_KEY_LIFE = Duration.ofHours(1);

	OAuthProperties {
		new SettingFaults("latchkey.oauth").requirePositive(accessTokenLifetime, "access-token-lifetime")
			.requirePositive(refreshTokenLifetime, "refresh-token-lifetime")
			.require(accessTokenLifetime.compareTo(refreshTokenLifetime) <= 0, "access-token-lifetime",
					"no longer than latchkey.oauth.refresh-token-lifetime")
			.require(signingKeyLifetime.compareTo(SHORTEST_KEY_LIFE) >= 0, "signing-key-lifetime", "at least 1h")
			.require(keyEncryptionKey == null || KEY.matcher(keyEncryptionKey).matches(), "key-encryption-key",
					"32 bytes in Base64, such as openssl rand -base64 32 prints")
			.require(issuer == null || isIssuer(issuer), "issuer",
					"an http or https address without query and fragment (RFC 8414 section 2)")
			.raise();
	}

	private static boolean isIssuer(String text) {
		try {
			URI uri = new URI(text);
			return ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme())) && uri.getHost() != null
					&& uri.getRawQuery() == null && uri.getRawFragment() == null && uri.getRawUserInfo() == null;
		}
		catch (URISyntaxException ex) {
			return false;
		}
	}

	@Override
	public String toString() {
		return "OAuthProperties[accessTokenLifetime=%s, refreshTokenLifetime=%s, issuer=%s]"
			.formatted(this.accessTokenLifetime, this.refreshTokenLifetime, this.issuer);
	}

}
