package dev.latchkey.token;

import java.time.Duration;
import java.time.Instant;

import dev.latchkey.value.Times;
import org.jspecify.annotations.Nullable;

/**
 * The times of a token's life, and the one place that says what they mean.
 *
 * @param createdAt when it was made
 * @param notBefore before when it may not be used, or null
 * @param expiresAt from when on it is expired, or null for never
 * @param lastUsedAt when it was last used, to a minute, or null for never
 * @param revokedAt from when on it is revoked, or null
 * @param suspendedAt since when it is suspended, or null
 */
public record TokenTimes(Instant createdAt, @Nullable Instant notBefore, @Nullable Instant expiresAt,
		@Nullable Instant lastUsedAt, @Nullable Instant revokedAt, @Nullable Instant suspendedAt) {

	/**
	 * The times of a token that is not suspended.
	 */
	public TokenTimes(Instant createdAt, @Nullable Instant notBefore, @Nullable Instant expiresAt,
			@Nullable Instant lastUsedAt, @Nullable Instant revokedAt) {
		this(createdAt, notBefore, expiresAt, lastUsedAt, revokedAt, null);
	}

	/**
	 * Returns the times of a token at rest. Only the grace period of a rotated token ends
	 * at a time; whoever ends a token otherwise means at once, also for a node whose
	 * clock is behind, or is set back. A grace period that is over when it begins is
	 * none: none was asked for, or it was cut short by a revocation.
	 * @param rotatedAt when a successor was made, or the grace period was cut short; null
	 * for a token without a successor
	 */
	static TokenTimes atRest(Instant createdAt, @Nullable Instant notBefore, @Nullable Instant expiresAt,
			@Nullable Instant lastUsedAt, @Nullable Instant rotatedAt, @Nullable Instant revokedAt,
			@Nullable Instant suspendedAt) {
		boolean atOnce = revokedAt != null && (rotatedAt == null || !revokedAt.isAfter(rotatedAt));
		return new TokenTimes(createdAt, notBefore, expiresAt, lastUsedAt, atOnce ? Instant.EPOCH : revokedAt,
				suspendedAt);
	}

	/**
	 * Returns the state at that moment. A moment that equals an end is past it. Whoever
	 * suspends a token means at once, whatever the clock of a node says.
	 * @param idle how long a token lives without use
	 */
	public TokenState stateAt(Instant now, Lifetime idle) {
		if (reached(this.revokedAt, now)) {
			return TokenState.REVOKED;
		}
		if (isExpired(now)) {
			return TokenState.EXPIRED;
		}
		if (reached(idle.endFrom(lastSign()), now)) {
			return TokenState.IDLE_EXPIRED;
		}
		if (this.suspendedAt != null) {
			return TokenState.SUSPENDED;
		}
		if (this.notBefore != null && now.isBefore(this.notBefore)) {
			return TokenState.NOT_YET_ACTIVE;
		}
		return TokenState.ACTIVE;
	}

	/**
	 * A token that was imported may have been used before it was one of this server's.
	 */
	private Instant lastSign() {
		return (this.lastUsedAt != null && this.lastUsedAt.isAfter(this.createdAt)) ? this.lastUsedAt : this.createdAt;
	}

	/**
	 * Returns whether its own life is over, whatever else happened to it.
	 */
	boolean isExpired(Instant now) {
		return reached(this.expiresAt, now);
	}

	/**
	 * Lets pass what can be changed or used still, or later.
	 * @throws TokenNotActiveException if nothing brings the token back
	 */
	void requireUnended(Lifetime idle, Instant now) {
		TokenState state = stateAt(now, idle);
		if (state.isEnded()) {
			throw new TokenNotActiveException(state);
		}
	}

	/**
	 * Lets pass what makes or replaces tokens still, or later.
	 * @throws TokenNotActiveException if the token has ended or is suspended
	 */
	void requireUsable(Lifetime idle, Instant now) {
		requireUnended(idle, now);
		if (stateAt(now, idle) == TokenState.SUSPENDED) {
			throw new TokenNotActiveException(TokenState.SUSPENDED);
		}
	}

	/**
	 * Returns the same for a token of whose latest use the database does not know yet.
	 */
	public TokenTimes usedAt(@Nullable Instant use) {
		return new TokenTimes(this.createdAt, this.notBefore, this.expiresAt, use, this.revokedAt, this.suspendedAt);
	}

	/**
	 * Returns when the token ends if nobody does anything: its expiry, or the end of the
	 * grace period after a rotation, whichever is earlier.
	 */
	public @Nullable Instant end() {
		return earlier(this.expiresAt, this.revokedAt);
	}

	/**
	 * Returns the end of a life as long as this one that begins then, or null for never.
	 */
	@Nullable Instant sameLifeFrom(Instant start) {
		return (this.expiresAt != null) ? Times.after(start, Duration.between(this.createdAt, this.expiresAt)) : null;
	}

	static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
		if (one == null || other == null) {
			return (one != null) ? one : other;
		}
		return one.isBefore(other) ? one : other;
	}

	private static boolean reached(@Nullable Instant end, Instant now) {
		return end != null && !now.isBefore(end);
	}

}
