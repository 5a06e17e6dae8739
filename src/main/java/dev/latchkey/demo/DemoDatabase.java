package dev.latchkey.demo;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;

import dev.latchkey.startup.StartupFailure;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.jspecify.annotations.Nullable;

/**
 * A real PostgreSQL that keeps its data in the demo directory as a server would: what was
 * committed survives a crash.
 */
final class DemoDatabase {

	static final String USER = "postgres";

	private final DemoDirectory directory;

	private final LeftoverPostmaster leftover;

	private volatile @Nullable EmbeddedPostgres postgres;

	DemoDatabase(DemoDirectory directory) {
		this.directory = directory;
		this.leftover = new LeftoverPostmaster(directory.data());
	}

	void start() {
		try {
			this.leftover.stop();
			this.directory.prepare();
			this.postgres = settings().start();
			this.directory.ready();
		}
		catch (IOException | IllegalStateException ex) {
			throw new StartupFailure("The demo's PostgreSQL did not start (%s). Its log is %s."
				.formatted(lastLineOfLog(), this.directory.log()), ex);
		}
	}

	private EmbeddedPostgres.Builder settings() {
		// A file rather than a pipe, which would break when this process is killed.
		Redirect log = Redirect.appendTo(this.directory.log().toFile());
		return EmbeddedPostgres.builder()
			.setOverrideWorkingDirectory(this.directory.programs().toFile())
			.setDataDirectory(this.directory.data())
			.setDataDirectoryCustomizer(DemoDatabase::askForPassword)
			.setCleanDataDirectory(false)
			.setRegisterShutdownHook(false)
			.setPGStartupWait(Duration.ofSeconds(30))
			.setOutputRedirector(log)
			.setErrorRedirector(log)
			.setLocaleConfig("pwfile", this.directory.passwordFile().toString())
			.setConnectConfig("password", this.directory.password())
			// The machine's own locale may be one that PostgreSQL does not know.
			.setLocaleConfig("locale", "C")
			.setLocaleConfig("locale-provider", "builtin")
			.setLocaleConfig("builtin-locale", "C.UTF-8")
			// Both are off unless asked for.
			.setServerConfig("fsync", "on")
			.setServerConfig("synchronous_commit", "on")
			// Nobody needs a socket, and no directory for it suits every machine.
			.setServerConfig("unix_socket_directories", "");
	}

	private static void askForPassword(File data) {
		try {
			Files.writeString(data.toPath().resolve("pg_hba.conf"), """
					host all all 127.0.0.1/32 scram-sha-256
					host all all ::1/128 scram-sha-256
					""");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private String lastLineOfLog() {
		try {
			List<String> lines = Files.readAllLines(this.directory.log());
			return lines.isEmpty() ? "it said nothing" : lines.get(lines.size() - 1);
		}
		catch (IOException ex) {
			return "it wrote no log";
		}
	}

	String url() {
		EmbeddedPostgres running = this.postgres;
		if (running == null) {
			throw new IllegalStateException("not started");
		}
		return "jdbc:postgresql://localhost:" + running.getPort() + "/postgres";
	}

	void stop() {
		try {
			EmbeddedPostgres running = this.postgres;
			if (running != null) {
				running.close();
			}
			// It waits for some seconds only, or was interrupted while it started.
			this.leftover.stop();
			this.directory.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
