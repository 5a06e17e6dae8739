package dev.latchkey.page;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import dev.latchkey.language.Words;
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

	static List<TokenWarning> of(TokenDetails token, TimeFormatter moments) {
		if (token.state() == TokenState.SUSPENDED) {
			return token.tooLong()
					? List.of(new TokenWarning(Words.of("warning.too-long"), Words.of("warning.too-long.advice")))
					: List.of();
		}
		List<TokenWarning> marks = new ArrayList<>();
		Instant now = moments.now();
		Instant end = token.terms().expiresAt();
		if (token.history().rotated() && end != null) {
			marks.add(new TokenWarning(Words.of("warning.replaced"),
					Words.of("warning.replaced.advice", span(now, end))));
			return marks;
		}
		if (end != null && !end.isAfter(now.plus(soon(token.history().createdAt(), end)))) {
			marks.add(new TokenWarning(Words.of("warning.ends", span(now, end)), Words.of("warning.ends.advice")));
		}
		Instant lastUse = token.history().lastUsedAt();
		if (lastUse == null) {
			if (!token.history().createdAt().isAfter(now.minus(TRIED_BY_THEN))) {
				marks.add(new TokenWarning(Words.of("warning.never-used"), Words.of("warning.revoke.advice")));
			}
		}
		else if (!lastUse.isAfter(now.minus(LONG_UNUSED))) {
			marks.add(new TokenWarning(Words.of("warning.not-used", span(lastUse, now)),
					Words.of("warning.revoke.advice")));
		}
		return marks;
	}

	/** How long before its end a token is near it. */
	private static Duration soon(Instant begin, Instant end) {
		Duration part = Duration.between(begin, end).dividedBy(PARTS);
		return (part.compareTo(SOON) < 0) ? part : SOON;
	}

	private static String span(Instant from, Instant to) {
		return TimeFormatter.distance(Duration.between(from, to));
	}

}
