package dev.latchkey.account;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import dev.latchkey.problem.UnavailableException;

/**
 * The places at which passwords are hashed. That is slow on purpose, so that only half of
 * the processors ever do it: a flood of sign-ins leaves the others to all else. So many
 * may wait for a place, and no more, since each keeps a thread.
 */
final class HashingPlaces {

	static final int WAITING = 50;

	static final Duration PATIENCE = Duration.ofSeconds(10);

	private static final String FULL = "Too many passwords are waiting to be checked. Try again in a moment.";

	private final Semaphore places = new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() / 2), true);

	private final Semaphore waiting = new Semaphore(WAITING);

	private final Duration patience;

	HashingPlaces(Duration patience) {
		this.patience = patience;
	}

	/**
	 * Does it at the next free place.
	 * @throws UnavailableException if there is none for too long, or too many wait
	 */
	<T> T take(Supplier<T> hashing) {
		if (!this.places.tryAcquire()) {
			await();
		}
		try {
			return hashing.get();
		}
		finally {
			this.places.release();
		}
	}

	/** How many wait for a place. */
	int waiting() {
		return WAITING - this.waiting.availablePermits();
	}

	private void await() {
		if (!this.waiting.tryAcquire()) {
			throw new UnavailableException(FULL);
		}
		boolean free = false;
		try {
			free = this.places.tryAcquire(this.patience.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		finally {
			this.waiting.release();
		}
		if (!free) {
			throw new UnavailableException(FULL);
		}
	}

}
