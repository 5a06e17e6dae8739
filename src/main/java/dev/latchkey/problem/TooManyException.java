package dev.latchkey.problem;

import java.time.Duration;

/**
 * Ends a request that is one too many, with the time after which another one may come.
 */
public class TooManyException extends ProblemException {

	private static final long serialVersionUID = 1L;

	private final long retryAfter;

	/**
	 * Refuses a request.
	 * @param what of what there are too many, as a sentence begins
	 * @param wait how long there are; shown in whole seconds, 1 or more
	 */
	public TooManyException(String what, Duration wait) {
		this(what, Math.max(1, wait.plusSeconds(1).minusNanos(1).toSeconds()));
	}

	private TooManyException(String what, long seconds) {
		super(ProblemCode.RATE_LIMITED,
				"%s. Try again in %d %s.".formatted(what, seconds, (seconds == 1) ? "second" : "seconds"));
		this.retryAfter = seconds;
	}

	/**
	 * Returns the seconds to wait, as they stand in {@code Retry-After}.
	 */
	public long retryAfter() {
		return this.retryAfter;
	}

}
