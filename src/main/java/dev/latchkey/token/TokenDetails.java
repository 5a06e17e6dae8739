package dev.latchkey.token;

import java.time.Instant;
import java.util.UUID;

import dev.latchkey.net.Networks;
import dev.latchkey.scope.Scopes;
import org.jspecify.annotations.Nullable;

/**
 * A token as its owner sees it, without its secret.
 *
 * @param id the token
 * @param ownerId the account it acts for
 * @param parentId the token it was made with, or null
 * @param clientId the OAuth client that holds it, or null
 * @param kind what it is for
 * @param name what the owner calls it
 * @param scopes what it may do, as far as the owner's roles allow
 * @param hint prefix and last characters
 * @param expiresAt when it ends, or null for never
 * @param notBefore before when it may not be used, or null
 * @param networks from where it may be used
 * @param rateLimit requests a minute, or null for the server's default
 * @param createdAt when it was made
 * @param lastUsedAt when it was last used, to a minute, or null
 * @param lastUsedIp from where it was last used, or null
 * @param rotated whether a successor was made
 * @param state where in its life it is
 * @param revokedAt when it was revoked, or null
 */
public record TokenDetails(UUID id, UUID ownerId, @Nullable UUID parentId, @Nullable String clientId, TokenKind kind,
		String name, Scopes scopes, String hint, @Nullable Instant expiresAt, @Nullable Instant notBefore,
		Networks networks, @Nullable Integer rateLimit, Instant createdAt, @Nullable Instant lastUsedAt,
		@Nullable String lastUsedIp, boolean rotated, TokenState state, @Nullable Instant revokedAt) {

}
