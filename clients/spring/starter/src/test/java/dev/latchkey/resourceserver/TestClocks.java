package dev.latchkey.resourceserver;

/**
 * Two clocks that a test sets.
 */
final class TestClocks implements Clocks {

	private long nanos = 5_000_000_000_000L;

	private long millis = 1_700_000_000_000L;

	@Override
	public long nanos() {
		return this.nanos;
	}

	@Override
	public long millis() {
		return this.millis;
	}

	void pass(long milliseconds) {
		this.nanos += milliseconds * 1_000_000;
		this.millis += milliseconds;
	}

	/** The machine sleeps: one of them stands. */
	void sleep(long milliseconds) {
		this.millis += milliseconds;
	}

}
