package dev.latchkey.bench.tools;

/**
 * Something that can go wrong for a while.
 */
interface Breakage {

	String label();

	void inject() throws Exception;

	void heal() throws Exception;

	/** A process that is stopped by a signal, and goes on. */
	static Breakage stopped(String label, long process) {
		return of(label, () -> Signals.send("STOP", process), () -> Signals.send("CONT", process));
	}

	static Breakage of(String label, Step inject, Step heal) {
		return new Breakage() {
			@Override
			public String label() {
				return label;
			}

			@Override
			public void inject() throws Exception {
				inject.take();
			}

			@Override
			public void heal() throws Exception {
				heal.take();
			}
		};
	}

	/** One of the two. */
	interface Step {

		void take() throws Exception;

	}

}
