package dev.latchkey.token;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * What has happened to a token since it was made.
 *
 * @param createdAt when it was made
 * @param lastUsedAt when it was last used, to a minute, or null
 * @param lastUsedIp from where it was last used, or null
 * @param rotated whether a successor was made
 * @param revokedAt when it was revoked, or null
 * @param revocationReason why, in the words of whoever did it or in one of
 * {@link RevocationCause}, or null where nothing was said
 */
public record TokenHistory(Instant createdAt, @Nullable Instant lastUsedAt, @Nullable String lastUsedIp,
		boolean rotated, @Nullable Instant revokedAt, @Nullable String revocationReason) {

	static TokenHistory begin(Instant now) {
		return new TokenHistory(now, null, null, false, null, null);
	}

}
