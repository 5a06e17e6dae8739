package dev.latchkey.cli;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Says again and again that long work goes on, and for how long it has.
 */
final class Progress {

	private static final Duration PAUSE = Duration.ofSeconds(5);

	private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor((work) -> {
		Thread thread = new Thread(work, "progress");
		thread.setDaemon(true);
		return thread;
	});

	private final Terminal terminal;

	private final String what;

	private final long begunAt = System.nanoTime();

	private Progress(Terminal terminal, String what) {
		this.terminal = terminal;
		this.what = what;
	}

	/**
	 * Does the work, and says meanwhile what is being done.
	 * @param what as the beginning of a line
	 */
	static <T> T during(Terminal terminal, String what, Supplier<T> work) {
		return during(terminal, what, PAUSE, work);
	}

	static <T> T during(Terminal terminal, String what, Duration pause, Supplier<T> work) {
		Progress progress = new Progress(terminal, what);
		ScheduledFuture<?> saying = progress.timer.scheduleAtFixedRate(progress::say, pause.toMillis(),
				pause.toMillis(), TimeUnit.MILLISECONDS);
		try {
			return work.get();
		}
		finally {
			saying.cancel(false);
			progress.timer.shutdownNow();
		}
	}

	private void say() {
		this.terminal
			.say("%s, %d s".formatted(this.what, TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - this.begunAt)));
	}

}
