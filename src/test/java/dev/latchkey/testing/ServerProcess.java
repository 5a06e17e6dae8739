package dev.latchkey.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import dev.latchkey.LatchkeyApplication;

import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

import static org.awaitility.Awaitility.await;

/**
 * A server in a process of its own, as an operator runs it, with all that it logs.
 */
public class ServerProcess implements AutoCloseable {

	private static final Pattern PORT = Pattern.compile("Tomcat started on port (\\d+)");

	private final Path log;

	private final Process process;

	/**
	 * Starts a server on a fresh database and waits until it serves.
	 */
	public ServerProcess(Path log, Map<String, String> environment, String... arguments) {
		this(log, TestDatabase.create(), environment, arguments);
	}

	/**
	 * Starts a server on this database and waits until it serves.
	 */
	public ServerProcess(Path log, JdbcConnectionDetails database, Map<String, String> environment,
			String... arguments) {
		this.log = log;
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
						"-cp", System.getProperty("java.class.path"), LatchkeyApplication.class.getName(),
						"--server.address=127.0.0.1", "--server.port=0", "--management.server.port=0",
						"--management.server.address=127.0.0.1", "--latchkey.limits.token=1000000"));
		command.addAll(List.of(arguments));
		ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
		builder.environment()
			.putAll(Map.of("SPRING_DATASOURCE_URL", database.getJdbcUrl(), "SPRING_DATASOURCE_USERNAME",
					database.getUsername(), "SPRING_DATASOURCE_PASSWORD", database.getPassword()));
		builder.environment().putAll(environment);
		try {
			this.process = builder.start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		await().atMost(Duration.ofMinutes(3)).until(() -> log().contains("Started LatchkeyApplication"));
	}

	/**
	 * Returns the port of the API.
	 */
	public int port() {
		return port(0);
	}

	/**
	 * Returns the port of health and figures.
	 */
	public int managementPort() {
		return port(1);
	}

	/** In the order in which they are opened. */
	private int port(int which) {
		List<Integer> ports = PORT.matcher(log()).results().map((port) -> Integer.valueOf(port.group(1))).toList();
		if (ports.size() <= which) {
			throw new IllegalStateException("The server has not told that port");
		}
		return ports.get(which);
	}

	/**
	 * Sends the process a signal, {@code STOP} for example.
	 */
	public void signal(String name) {
		Signals.send(name, this.process.pid());
	}

	/**
	 * Returns all that the server has logged.
	 */
	public String log() {
		try {
			return Files.readString(this.log, StandardCharsets.ISO_8859_1);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Waits until the process has ended.
	 */
	public void awaitEnd() {
		await().atMost(Duration.ofSeconds(30)).until(() -> !this.process.isAlive());
	}

	@Override
	public void close() throws Exception {
		this.process.destroy();
		if (!this.process.waitFor(30, java.util.concurrent.TimeUnit.SECONDS)) {
			this.process.destroyForcibly();
		}
	}

}
