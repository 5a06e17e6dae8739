package dev.latchkey.grant;

import jakarta.servlet.ServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * One request that redeems a code or a refresh token.
 *
 * @param cameAt when it came in, by {@link System#nanoTime()}, which no setting of a
 * clock moves
 * @param unspent whether what it presents was seen unspent then, at any node
 */
public record RedemptionAttempt(long cameAt, boolean unspent) {

	private static final String CAME_AT = RedemptionAttempt.class.getName();

	/** Notes that a request comes in. */
	static void begin(ServletRequest request) {
		request.setAttribute(CAME_AT, System.nanoTime());
	}

	/**
	 * Returns the attempt of a request that came in, or comes in just now.
	 * @param unspent whether what it presents is unspent
	 */
	public static RedemptionAttempt of(ServletRequest request, boolean unspent) {
		@Nullable Object cameAt = request.getAttribute(CAME_AT);
		return new RedemptionAttempt((cameAt instanceof Long nanos) ? nanos : System.nanoTime(), unspent);
	}

}
