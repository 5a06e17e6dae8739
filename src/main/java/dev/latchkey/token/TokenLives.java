package dev.latchkey.token;

import java.time.Duration;
import java.time.Instant;

import dev.latchkey.value.Times;
import org.jspecify.annotations.Nullable;

/**
 * How long tokens live at the most, whatever end was written down when they were made:
 * the settings may have become shorter since, or have come later.
 *
 * @param idle how long a token lives without use
 * @param family how long a grant can be refreshed, counted from when it was given
 * @param longest how long a personal access token may have been made for, or
 * {@code never} where only new ones are held to it
 */
public record TokenLives(Lifetime idle, Duration family, Lifetime longest) {

	/**
	 * Holds only new tokens to the longest life.
	 */
	public TokenLives(Lifetime idle, Duration family) {
		this(idle, family, new Lifetime(null));
	}

	/**
	 * Since when a token does not work, without being ended: it was suspended, or was
	 * made for a longer life than there is now, and then from its beginning. That is read
	 * off the row each time, so that such tokens are good again with the setting.
	 */
	@Nullable Instant suspension(TokenKind kind, Instant createdAt, @Nullable Instant expiresAt, @Nullable Instant suspendedAt) {
		return (suspendedAt == null && isTooLong(kind, createdAt, expiresAt)) ? createdAt : suspendedAt;
	}

	/**
	 * Returns whether the token was made for a longer life than there is now; parts of a
	 * second do not count.
	 */
	boolean isTooLong(TokenKind kind, Instant createdAt, @Nullable Instant expiresAt) {
		Duration limit = this.longest.duration();
		return limit != null && kind == TokenKind.PERSONAL
				&& (expiresAt == null || Duration.between(createdAt, expiresAt).toSeconds() > limit.toSeconds());
	}

	/**
	 * Returns when the user has to be asked again, however often a grant was refreshed.
	 * @param began when it was given
	 */
	public Instant endOfFamily(Instant began) {
		return Times.after(began, this.family);
	}

	/**
	 * Returns when the latest family was given that has ended by now.
	 */
	public Instant latestEndedFamily(Instant now) {
		return new Lifetime(this.family).latestEndedStart(now);
	}

	/**
	 * Returns when the latest token was used, or made, that has ended by now for lack of
	 * use.
	 */
	public Instant latestIdleStart(Instant now) {
		return this.idle.latestEndedStart(now);
	}

	/**
	 * Only a refresh token ends with its family; what it gave lives as it was made for.
	 */
	@Nullable Instant end(TokenKind kind, @Nullable Instant familyBegan, @Nullable Instant expiresAt) {
		return (kind == TokenKind.REFRESH && familyBegan != null)
				? TokenTimes.earlier(expiresAt, endOfFamily(familyBegan)) : expiresAt;
	}

}
