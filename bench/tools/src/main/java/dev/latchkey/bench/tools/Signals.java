package dev.latchkey.bench.tools;

import java.io.IOException;

/**
 * Sends signals to processes, as a shell does.
 */
final class Signals {

	private Signals() {
	}

	static void send(String name, long process) throws IOException, InterruptedException {
		if (new ProcessBuilder("kill", "-" + name, Long.toString(process)).inheritIO().start().waitFor() != 0) {
			throw new IllegalStateException("kill -" + name + " " + process + " failed");
		}
	}

}
