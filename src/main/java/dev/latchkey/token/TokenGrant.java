package dev.latchkey.token;

import java.time.Instant;
import java.util.UUID;

import dev.latchkey.net.Networks;
import dev.latchkey.scope.Role;
import dev.latchkey.scope.Scopes;
import org.jspecify.annotations.Nullable;

/**
 * What a token is issued for, all questions decided.
 *
 * @param kind what it is for
 * @param ownerId the account it acts for
 * @param parentId the token it is made with, or null
 * @param clientId the OAuth client that holds it, or null
 * @param name what the owner calls it
 * @param scopes what it may do, as far as the owner's roles allow
 * @param expiresAt when it ends, or null for never
 * @param notBefore before when it may not be used, or null
 * @param networks from where it may be used
 * @param rateLimit requests a minute, or null for the server's default
 * @param maxRole the highest role that it acts with, or null for whatever its owner is
 * @param rotatesItself whether it may do so without a scope for it
 */
public record TokenGrant(TokenKind kind, UUID ownerId, @Nullable UUID parentId, @Nullable String clientId, String name,
		Scopes scopes, @Nullable Instant expiresAt, @Nullable Instant notBefore, Networks networks,
		@Nullable Integer rateLimit, @Nullable Role maxRole, boolean rotatesItself) {

}
