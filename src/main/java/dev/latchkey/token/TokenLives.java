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
 */
public record TokenLives(Lifetime idle, Duration family) {

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
	 * Only a refresh token ends with its family; what it gave lives as it was made for.
	 */
	@Nullable Instant end(TokenKind kind, @Nullable Instant familyBegan, @Nullable Instant expiresAt) {
		return (kind == TokenKind.REFRESH && familyBegan != null)
				? TokenTimes.earlier(expiresAt, endOfFamily(familyBegan)) : expiresAt;
	}

}
