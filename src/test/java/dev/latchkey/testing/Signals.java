package dev.latchkey.testing;

import java.io.IOException;
import java.io.UncheckedIOException;

import org.testcontainers.containers.Container;

/**
 * Stops processes and lets them go on, as an operator does with {@code kill}.
 */
final class Signals {

	private Signals() {
	}

	static void send(String name, long pid) {
		wait(() -> new ProcessBuilder(command(name, pid)).inheritIO().start().waitFor());
	}

	static void send(Container<?> where, String name, long pid) {
		wait(() -> where.execInContainer(command(name, pid)).getExitCode());
	}

	private static String[] command(String name, long pid) {
		return new String[] { "sh", "-c", "kill -%s %d".formatted(name, pid) };
	}

	private static void wait(Kill kill) {
		try {
			int code = kill.run();
			if (code != 0) {
				throw new IllegalStateException("kill ended with " + code);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	private interface Kill {

		int run() throws IOException, InterruptedException;

	}

}
