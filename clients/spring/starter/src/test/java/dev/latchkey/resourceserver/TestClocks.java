package dev.latchkey.resourceserver;

/**
 * Two clocks that a test sets.
 */
final class TestClocks implements Clocks {

	private long nanos = 5_000_000_000_000L;

	private long millis = 1_700_000_000_000L;

	@Override
	public synchronized long nanos() {
		return this.nanos;
	}

	@Override
	public synchronized long millis() {
		return this.millis;
	}

	synchronized void pass(long milliseconds) {
		this.nanos += milliseconds * 1_000_000;
		this.millis += milliseconds;
	}

	/** The machine sleeps: one of them stands. */
	void sleep(long milliseconds) {
		setWall(milliseconds);
	}

	/** Somebody sets the wall clock by so much. */
	synchronized void setWall(long milliseconds) {
		this.millis += milliseconds;
	}

}
