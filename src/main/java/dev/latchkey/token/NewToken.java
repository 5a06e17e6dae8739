package dev.latchkey.token;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What a personal access token is made from, as somebody asked for it.
 *
 * @param name 1 to 100 characters
 * @param scopes at least one
 * @param expiresAt the end, or null for the default life
 * @param expiresInDays the end in days from now, not together with {@code expiresAt}
 * @param notBefore before when it may not be used, or null
 * @param allowedIps blocks of addresses in CIDR notation; null or none for anywhere
 * @param rateLimit requests a minute, or null for the server's default
 * @param description up to 500 characters about it, or null
 * @param resources the services at which it is a token, or null for those of its scopes
 */
public record NewToken(@Nullable String name, @Nullable List<@Nullable String> scopes, @Nullable Expiry expiresAt,
		@Nullable Integer expiresInDays, @Nullable Instant notBefore, @Nullable List<@Nullable String> allowedIps,
		@Nullable Integer rateLimit, @Nullable String description, @Nullable List<@Nullable String> resources) {

	/**
	 * Asks for a token with the default life and no limits.
	 */
	public static NewToken of(String name, String... scopes) {
		return until(null, name, List.of(scopes));
	}

	/**
	 * Asks for a token with no other limits than its end.
	 * @param end the end, or null for the default life
	 */
	public static NewToken until(@Nullable Expiry end, @Nullable String name, @Nullable List<@Nullable String> scopes) {
		return new NewToken(name, scopes, end, null, null, null, null, null, null);
	}

	/** The same for a token that may be used at once. */
	NewToken withoutStart() {
		return new NewToken(this.name, this.scopes, this.expiresAt, this.expiresInDays, null, this.allowedIps,
				this.rateLimit, this.description, this.resources);
	}

}
