package dev.latchkey.resourceserver;

import java.util.concurrent.atomic.AtomicLong;

import dev.latchkey.resourceserver.Answer.Active;
import dev.latchkey.resourceserver.Answer.Terms;
import org.jspecify.annotations.Nullable;

/**
 * An answer that is kept, with what decides whether it still holds.
 */
final class KeptAnswer {

	/** After a renewal that came to nothing. */
	private static final long BETWEEN_RENEWALS = 1_000_000_000;

	private final VerifiedToken token;

	private final @Nullable Long rateLimit;

	private final long noted;

	private final int[] places;

	private final String rules;

	private final long deadline;

	private final long wallDeadline;

	/** When the next use asks again, and none before this one has come back. */
	private final AtomicLong renewal;

	/**
	 * Keeps it.
	 * @param noted the moment before the question
	 * @param nanos the time before the question
	 * @param millis likewise, by the wall clock
	 */
	KeptAnswer(Active answer, Terms terms, long noted, long nanos, long millis) {
		this.token = answer.token();
		this.rateLimit = answer.rateLimit();
		this.noted = noted;
		this.places = terms.places().stream().mapToInt(Integer::intValue).toArray();
		this.rules = terms.rules();
		this.deadline = nanos + terms.life().toNanos();
		this.wallDeadline = millis + terms.life().toMillis();
		this.renewal = new AtomicLong(nanos + terms.life().toNanos() / 4 * 3);
	}

	VerifiedToken token() {
		return this.token;
	}

	@Nullable Long rateLimit() {
		return this.rateLimit;
	}

	long noted() {
		return this.noted;
	}

	int[] places() {
		return this.places;
	}

	String rules() {
		return this.rules;
	}

	long deadline() {
		return this.deadline;
	}

	long wallDeadline() {
		return this.wallDeadline;
	}

	/**
	 * Returns whether this use is to ask again: one does after three quarters of the
	 * life, and another one when that has failed.
	 */
	boolean isToBeRenewed(long now) {
		long due = this.renewal.get();
		return now - due >= 0 && this.renewal.compareAndSet(due, this.deadline);
	}

	void renewalFailed(long now) {
		this.renewal.set(now + BETWEEN_RENEWALS);
	}

}
