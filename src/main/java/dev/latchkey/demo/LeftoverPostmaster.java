package dev.latchkey.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

import dev.latchkey.startup.StartupFailure;

/**
 * Stops the PostgreSQL that outlived a server which was killed. Its data directory lets
 * no second one start.
 */
final class LeftoverPostmaster {

	private static final Duration PATIENCE = Duration.ofMinutes(1);

	private static final Duration PAUSE = Duration.ofMillis(20);

	private final Path data;

	LeftoverPostmaster(Path data) {
		this.data = data;
	}

	void stop() throws IOException {
		Path pidFile = this.data.resolve("postmaster.pid");
		Optional<ProcessHandle> running = find(pidFile);
		if (running.isPresent()) {
			stop(running.get());
		}
		// PostgreSQL would take whoever has its number now for a rival. Whoever holds the
		// demo directory knows better.
		Files.deleteIfExists(pidFile);
	}

	private Optional<ProcessHandle> find(Path pidFile) throws IOException {
		if (!Files.exists(pidFile)) {
			return Optional.empty();
		}
		List<String> lines = Files.readAllLines(pidFile);
		return lines.isEmpty() ? Optional.empty()
				: ProcessHandle.of(Long.parseLong(lines.get(0).strip())).filter(this::servesThisDirectory);
	}

	// After a restart of the machine the number may be anybody's.
	private boolean servesThisDirectory(ProcessHandle process) {
		return process.info().commandLine().filter((line) -> line.contains(this.data.toString())).isPresent();
	}

	private void stop(ProcessHandle postmaster) throws IOException {
		interrupt(postmaster);
		Instant deadline = Instant.now().plus(PATIENCE);
		// Asked this way, a process that has ended but was not yet collected has ended.
		while (servesThisDirectory(postmaster)) {
			if (Instant.now().isAfter(deadline)) {
				throw new StartupFailure("A PostgreSQL of an earlier start (process %d) does not stop. End it by hand."
					.formatted(postmaster.pid()));
			}
			LockSupport.parkNanos(PAUSE.toNanos());
		}
	}

	// SIGINT ends the sessions of the killed server at once; SIGTERM would wait for them.
	private static void interrupt(ProcessHandle postmaster) {
		try {
			new ProcessBuilder("kill", "-INT", Long.toString(postmaster.pid())).start();
		}
		catch (IOException ex) {
			postmaster.destroy();
		}
	}

}
