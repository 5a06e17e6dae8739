package dev.latchkey.token;

import java.util.UUID;

/**
 * What happened to a token that exists, told inside the transaction in which it happens:
 * what is remembered of the token does not hold any more.
 */
public sealed interface TokenEvent {

	/**
	 * Returns the token.
	 */
	UUID tokenId();

	/** Name, scopes or networks were changed, or it was suspended or resumed. */
	record TokenChanged(UUID tokenId) implements TokenEvent {
	}

	/** The token has a successor and lives only for its grace period. */
	record TokenRotated(UUID tokenId) implements TokenEvent {
	}

	/** The token's life was ended. */
	record TokenRevoked(UUID tokenId) implements TokenEvent {
	}

}
