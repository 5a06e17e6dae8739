package dev.latchkey.resourceserver;

/**
 * The two clocks by which time is taken: one that nobody sets, and one that goes on while
 * the machine sleeps.
 */
interface Clocks {

	/** Those of the system. */
	Clocks SYSTEM = new Clocks() {

		@Override
		public long nanos() {
			return System.nanoTime();
		}

		@Override
		public long millis() {
			return System.currentTimeMillis();
		}

	};

	/**
	 * Returns the time of the monotonic clock.
	 */
	long nanos();

	/**
	 * Returns the time of the wall clock.
	 */
	long millis();

}
