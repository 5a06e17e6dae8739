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
 * @param grant what it belongs to
 * @param state where in its life it is
 * @param expired whether its own life is over, whatever else happened to it
 * @param redeemedAt when it was redeemed for the first time, or null
 */
public record RefreshToken(UUID id, UUID ownerId, @Nullable String clientId, Grant grant, TokenState state,
		boolean expired, @Nullable Instant redeemedAt) {

	/**
	 * Returns what the grant allows.
	 */
	public Scopes scopes() {
		return this.grant.scopes();
	}

	/**
	 * Returns at which services.
	 */
	public Resources resources() {
		return this.grant.resources();
	}

	/**
	 * What was given at one sign-in or consent, and all that was refreshed from it since.
	 *
	 * @param familyId which one it is
	 * @param beganAt when it was given
	 * @param scopes what it allows
	 * @param resources at which services
	 */
	public record Grant(UUID familyId, Instant beganAt, Scopes scopes, Resources resources) {

	}

}
