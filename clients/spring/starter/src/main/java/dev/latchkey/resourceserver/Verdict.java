package dev.latchkey.resourceserver;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * What is to be done with a request that presents a token.
 */
public sealed interface Verdict {

	/**
	 * Let it in.
	 *
	 * @param token what is known of the token
	 * @param limit what is left of its limit here, or null where it has none
	 */
	record Accepted(VerifiedToken token, @Nullable RateLimit limit) implements Verdict {

	}

	/**
	 * Answer 401: the token is not good, for whatever reason.
	 */
	record Refused() implements Verdict {

	}

	/**
	 * Answer 429: the token is good, and was used too often in this minute.
	 *
	 * @param limit its limit
	 */
	record Limited(RateLimit limit) implements Verdict {

	}

	/**
	 * Answer 503: nobody can tell now whether the token is good.
	 *
	 * @param retryAfter how long to wait before the next try
	 */
	record Undecided(Duration retryAfter) implements Verdict {

	}

}
