package dev.latchkey.resourceserver;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Places of which strangers have a part: however many of them come, the rest is for the
 * others.
 */
final class Room {

	private final int size;

	private final Semaphore places;

	private final Semaphore ofStrangers;

	/**
	 * Makes one that is empty.
	 * @param size how many places there are
	 * @param ofStrangers how many of them strangers may have
	 */
	Room(int size, int ofStrangers) {
		this.size = size;
		this.places = new Semaphore(size, true);
		this.ofStrangers = new Semaphore(ofStrangers, true);
	}

	/**
	 * Takes a place, and waits for it if need be: who comes first has it first.
	 * @param nanos so long at the most
	 * @return whether there was one; whoever has one gives it back
	 */
	boolean enter(boolean stranger, long nanos) throws InterruptedException {
		long end = System.nanoTime() + nanos;
		if (!stranger) {
			return take(this.places, end);
		}
		if (!take(this.ofStrangers, end)) {
			return false;
		}
		boolean entered = false;
		try {
			entered = take(this.places, end);
			return entered;
		}
		finally {
			if (!entered) {
				this.ofStrangers.release();
			}
		}
	}

	/** Without a time one would go before those who wait. */
	private static boolean take(Semaphore from, long end) throws InterruptedException {
		return from.tryAcquire(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
	}

	void leave(boolean stranger) {
		this.places.release();
		if (stranger) {
			this.ofStrangers.release();
		}
	}

	/**
	 * Returns how many places are taken.
	 */
	int taken() {
		return this.size - this.places.availablePermits();
	}

}
