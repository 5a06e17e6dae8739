package dev.latchkey.oauth;

import jakarta.servlet.ServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * One request that redeems a code or a refresh token.
 *
 * @param cameAt when it came in, by {@link System#nanoTime()}, which no setting of a
 * clock moves
 * @param unspent whether what it presents was seen unspent then, at any node
 */
record Attempt(long cameAt, boolean unspent) {

	private static final String CAME_AT = Attempt.class.getName();

	/** Notes that a request comes in. */
	static void begin(ServletRequest request) {
		request.setAttribute(CAME_AT, System.nanoTime());
	}

	/** Looks at a request that came in, or comes in just now. */
	static Attempt of(ServletRequest request, boolean unspent) {
		@Nullable Object cameAt = request.getAttribute(CAME_AT);
		return new Attempt((cameAt instanceof Long nanos) ? nanos : System.nanoTime(), unspent);
	}

}
