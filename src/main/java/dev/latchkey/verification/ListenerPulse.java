package dev.latchkey.verification;

import org.springframework.stereotype.Component;

/**
 * Knows when it was last proven that changes arrive. What counts is when the proof was
 * sent for, not when it came: every change committed before that has been heard.
 * <p>
 * Times are the machine's monotonic clock, which no correction sets back.
 */
@Component
class ListenerPulse {

	private final long maxStaleness;

	private volatile long provenAt;

	ListenerPulse(CacheProperties properties) {
		this.maxStaleness = properties.maxStaleness().toNanos();
		lost();
	}

	/**
	 * Returns whether what is remembered may be believed.
	 */
	boolean isFresh() {
		return isFreshAt(System.nanoTime());
	}

	/** Likewise for who has looked at the clock already, just before. */
	boolean isFreshAt(long now) {
		return now - this.provenAt <= this.maxStaleness;
	}

	/** For how long nothing has been proven, in seconds. */
	double staleness() {
		return (System.nanoTime() - this.provenAt) / 1e9;
	}

	/**
	 * Takes note that everything committed before that time has been heard.
	 */
	void proven(long sentAt) {
		this.provenAt = sentAt;
	}

	/**
	 * Takes note that from now on nothing is heard.
	 */
	void lost() {
		this.provenAt = System.nanoTime() - 2 * this.maxStaleness;
	}

}
