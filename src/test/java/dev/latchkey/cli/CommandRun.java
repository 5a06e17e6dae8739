package dev.latchkey.cli;

import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Supplier;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.logging.LoggingSystem;

/**
 * A command that was run in this process, and what it left: whatever this process logs
 * stays as it is.
 */
record CommandRun(int exit, String out, String err) {

	/** Where there is no database. */
	static CommandRun without(String... args) {
		return of(List.of(), "", args);
	}

	/** On that database, with nothing to read. */
	static CommandRun on(JdbcConnectionDetails database, String... args) {
		return reading("", database, args);
	}

	/** On that database, with this on the standard input. */
	static CommandRun reading(String in, JdbcConnectionDetails database, String... args) {
		return of(settings(database), in, args);
	}

	static List<String> settings(JdbcConnectionDetails database) {
		return List.of("--spring.datasource.url=" + database.getJdbcUrl(),
				"--spring.datasource.username=" + database.getUsername(),
				"--spring.datasource.password=" + database.getPassword());
	}

	static CommandRun of(List<String> settings, String in, String... args) {
		StringWriter out = new StringWriter();
		StringWriter err = new StringWriter();
		int exit = keepingTheLog(() -> Commands.run(args, new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8)),
				new PrintWriter(out), new PrintWriter(err), settings));
		return new CommandRun(exit, out.toString(), err.toString());
	}

	/**
	 * Does this as a command does it. How one logs stands in properties, where the next
	 * server would find it.
	 */
	static <T> T keepingTheLog(Supplier<T> work) {
		Properties before = (Properties) System.getProperties().clone();
		System.setProperty(LoggingSystem.SYSTEM_PROPERTY, LoggingSystem.NONE);
		try {
			return work.get();
		}
		finally {
			System.setProperties(before);
		}
	}

	JsonNode json() {
		return JsonMapper.shared().readTree(this.out);
	}

	Map<?, ?> object() {
		return JsonMapper.shared().readValue(this.out, Map.class);
	}

}
