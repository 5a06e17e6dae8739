package dev.latchkey.token;

import java.time.Instant;
import java.util.UUID;

import dev.latchkey.scope.Resources;
import dev.latchkey.scope.Scopes;
import org.jspecify.annotations.Nullable;

/**
 * A refresh token that somebody presents, without its secret.
 *
 * @param id the token
 * @param ownerId the account that it acts for
 * @param clientId the OAuth client that holds it
 * @param familyId the grant that it belongs to
 * @param familyBeganAt when that was given
 * @param scopes what the grant allows
 * @param resources at which services
 * @param state where in its life it is
 * @param expired whether its own life is over, whatever else happened to it
 * @param redeemedAt when it was redeemed for the first time, or null
 */
public record RefreshToken(UUID id, UUID ownerId, @Nullable String clientId, UUID familyId, Instant familyBeganAt,
		Scopes scopes, Resources resources, TokenState state, boolean expired, @Nullable Instant redeemedAt) {

}
