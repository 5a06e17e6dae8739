package dev.latchkey.page;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import dev.latchkey.token.TokenDetails;
import dev.latchkey.token.TokenState;

/**
 * Something about a token that its owner should look at.
 *
 * @param what what it is
 * @param advice what to do about it
 */
public record TokenWarning(String what, String advice) {

	private static final Duration SOON = Duration.ofDays(14);

	/** Of a short life not all is the end: the last of so many parts. */
	private static final int PARTS = 5;

	private static final Duration LONG_UNUSED = Duration.ofDays(90);

	/** Whoever makes a token to use it has done so within days. */
	private static final Duration TRIED_BY_THEN = Duration.ofDays(7);

	private static final String REVOKE = "Revoke it if nothing needs it.";

	private static final TokenWarning TOO_LONG = new TokenWarning("Made for too long",
			"This server allows no such long life any more. Make a new token in its place, and revoke this one.");

	static List<TokenWarning> of(TokenDetails token, TimeFormatter moments) {
		if (token.state() == TokenState.SUSPENDED) {
			return token.tooLong() ? List.of(TOO_LONG) : List.of();
		}
		List<TokenWarning> marks = new ArrayList<>();
		Instant now = moments.now();
		Instant end = token.terms().expiresAt();
		if (token.history().rotated() && end != null) {
			marks.add(new TokenWarning("Replaced", "It ends in %s: use its successor.".formatted(span(now, end))));
			return marks;
		}
		if (end != null && !end.isAfter(now.plus(soon(token.history().createdAt(), end)))) {
			marks.add(new TokenWarning("Ends in " + span(now, end), "Rotate it before, or let it end."));
		}
		Instant lastUse = token.history().lastUsedAt();
		if (lastUse == null) {
			if (!token.history().createdAt().isAfter(now.minus(TRIED_BY_THEN))) {
				marks.add(new TokenWarning("Never used", REVOKE));
			}
		}
		else if (!lastUse.isAfter(now.minus(LONG_UNUSED))) {
			marks.add(new TokenWarning("Not used for " + span(lastUse, now), REVOKE));
		}
		return marks;
	}

	/** How long before its end a token is near it. */
	private static Duration soon(Instant begin, Instant end) {
		Duration part = Duration.between(begin, end).dividedBy(PARTS);
		return (part.compareTo(SOON) < 0) ? part : SOON;
	}

	private static String span(Instant from, Instant to) {
		return TimeFormatter.span(Duration.between(from, to));
	}

}
