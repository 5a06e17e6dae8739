package dev.latchkey.verification;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import dev.latchkey.limit.TokenLimitedException;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Says in answers to a token that its end is near, so that a script's log shows it before
 * the script stands still.
 */
@Component
public class TokenExpiryHeader {

	/** Its name. */
	public static final String NAME = "Latchkey-Token-Expires";

	private static final Duration NEAR = Duration.ofDays(14);

	private final Clock clock;

	TokenExpiryHeader(Clock clock) {
		this.clock = clock;
	}

	/**
	 * Writes when the token ends, if that is within 14 days: its expiry, or the end of
	 * its grace period after a rotation.
	 */
	public void write(VerifiedToken token, HttpServletResponse response) {
		write(token.times().end(), response);
	}

	/**
	 * Writes the same to a good token that was used too often.
	 */
	public void write(TokenLimitedException refusal, HttpServletResponse response) {
		write(refusal.tokenEnd(), response);
	}

	private void write(@Nullable Instant end, HttpServletResponse response) {
		if (end != null && !end.isAfter(this.clock.instant().plus(NEAR))) {
			response.setHeader(NAME, end.toString());
		}
	}

}
