package dev.latchkey.bench.tools;

import java.util.concurrent.atomic.AtomicReference;

/**
 * Starts threads whose first failure ends the check instead of being lost.
 */
final class Failures {

	private static final AtomicReference<Exception> FIRST = new AtomicReference<>();

	private Failures() {
	}

	static Thread start(Body body) {
		Thread thread = new Thread(() -> {
			try {
				body.run();
			}
			catch (Exception ex) {
				FIRST.compareAndSet(null, ex);
			}
		});
		thread.setDaemon(true);
		thread.start();
		return thread;
	}

	static boolean none() {
		return FIRST.get() == null;
	}

	static void rethrow() throws Exception {
		Exception first = FIRST.get();
		if (first != null) {
			throw first;
		}
	}

	/** What a thread does. */
	interface Body {

		void run() throws Exception;

	}

}
