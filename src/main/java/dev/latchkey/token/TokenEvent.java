package dev.latchkey.token;

import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * What happened to a token, told inside the transaction in which it happens.
 */
public sealed interface TokenEvent {

	/**
	 * Returns the token.
	 */
	UUID tokenId();

	/**
	 * Returns the account that the token acts for.
	 */
	UUID ownerId();

	/** A token was made, with another one or not. */
	record TokenIssued(TokenDetails token, @Nullable UUID parentId) implements TokenEvent {

		@Override
		public UUID tokenId() {
			return this.token.id();
		}

		@Override
		public UUID ownerId() {
			return this.token.ownerId();
		}

	}

	/** Name, scopes or networks were changed. */
	record TokenChanged(TokenDetails token) implements TokenEvent {

		@Override
		public UUID tokenId() {
			return this.token.id();
		}

		@Override
		public UUID ownerId() {
			return this.token.ownerId();
		}

	}

	/** The token has a successor and lives only for its grace period. */
	record TokenRotated(UUID tokenId, UUID ownerId, UUID successorId) implements TokenEvent {

	}

	/** The token's life was ended. */
	record TokenRevoked(UUID tokenId, UUID ownerId, RevocationCause cause) implements TokenEvent {

	}

	/** Somebody used the token after it was rotated and its grace period had passed. */
	record TokenReuseDetected(UUID tokenId, UUID ownerId, boolean familyRevoked) implements TokenEvent {

	}

}
