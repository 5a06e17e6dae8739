package dev.latchkey.startup;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.latchkey.LatchkeyApplication;
import dev.latchkey.testing.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Starts the server as an operator does, in a process of its own.
 */
@Timeout(120)
class StartupFailureTests {

	@Test
	void whatIsWrongWithTheDatabaseIsAllThatIsSaid() throws Exception {
		List<String> output = startAndFail();
		assertThat(output).singleElement().asString().contains("ERROR").contains("No database is configured.");
	}

	@ParameterizedTest
	@CsvSource({ "--server.port, --management.server.port", "--management.server.port, --server.port" })
	void aTakenPortIsNamedWithItsSettingAndNothingElseIsSaid(String taken, String free) throws Exception {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			List<String> output = startAndFail(database(), taken + "=" + socket.getLocalPort(), free + "=0",
					taken.replace(".port", ".address") + "=127.0.0.1");
			assertThat(output).singleElement()
				.asString()
				.contains("Port " + socket.getLocalPort() + " is already in use.")
				.contains(taken + "=<port>");
		}
	}

	/**
	 * The port for management is opened last, so that the other would answer until then.
	 */
	@Test
	void aTakenPortForManagementStopsTheStartBeforeAnythingIsAsked() throws Exception {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			List<String> output = startAndFail("--server.port=0", "--management.server.address=127.0.0.1",
					"--management.server.port=" + socket.getLocalPort());
			assertThat(output).singleElement().asString().contains("--management.server.port=<port>");
		}
	}

	@Test
	void eachSettingThatIsWrongHasItsLine() throws Exception {
		List<String> output = startAndFail("--latchkey.tokens.default-lifetime=90", "--latchkey.tokens.prefiks=x",
				"--latchkey.cache.enabled=perhaps", "--latchkey.tokens.pepper=s3cret");
		assertThat(output).hasSize(4)
			.anyMatch((line) -> line.contains("it is \"perhaps\""))
			.anyMatch((line) -> line.contains("latchkey.tokens.pepper"))
			.anyMatch((line) -> line.contains("latchkey.tokens.default-lifetime"))
			.anyMatch((line) -> line.contains("latchkey.tokens.prefiks"))
			.anyMatch((line) -> line.contains("latchkey.cache.enabled"))
			.noneMatch((line) -> line.contains("s3cret"));
	}

	@ParameterizedTest
	@CsvSource({ "server.port, http", "management.server.port, 99999999", "server.shutdown, slowly",
			"logging.level.root, chatty", "spring.datasource.hikari.maximum-pool-size, many" })
	void aSettingOfSpringBootThatCannotBeReadIsOneLine(String name, String value) throws Exception {
		List<String> output = startAndFail(database(), "--server.port=0", "--management.server.port=0",
				"--" + name + "=" + value);
		assertThat(output).singleElement().asString().contains(name).contains("ERROR");
	}

	@ParameterizedTest
	@ValueSource(strings = { "xml", "java.lang.String" })
	void aFormatOfTheLogThatThereIsNotIsOneLine(String format) throws Exception {
		assertThat(startAndFail("--LATCHKEY_LOG_FORMAT=" + format)).singleElement()
			.asString()
			.contains("LATCHKEY_LOG_FORMAT", "ecs, gelf or logstash")
			.contains("ERROR");
	}

	@Test
	void aStartThatStopsSaysSoInTheFormatThatIsSet() throws Exception {
		assertThat(startAndFail("--LATCHKEY_LOG_FORMAT=ecs")).singleElement()
			.asString()
			.startsWith("{\"@timestamp\":")
			.contains("No database is configured");
	}

	@Test
	void aSchemaOfAnotherVersionIsOneLine() throws Exception {
		JdbcConnectionDetails details = TestDatabase.create();
		try (Connection connection = DriverManager.getConnection(details.getJdbcUrl(), details.getUsername(),
				details.getPassword()); Statement statement = connection.createStatement()) {
			statement.execute("create table stray (id int)");
		}
		assertThat(startAndFail(arguments(details))).singleElement().asString().contains("schema");
	}

	@Test
	void aFirstAdministratorWhoIsRefusedIsOneLine() throws Exception {
		List<String> output = startAndFail(database(), "--server.port=0", "--management.server.port=0",
				"--latchkey.admin.email=nobody", "--latchkey.admin.password=three ordinary words");
		assertThat(output).singleElement()
			.asString()
			.contains("LATCHKEY_ADMIN_EMAIL")
			.doesNotContain("three ordinary words");
	}

	/** Not after all of the server has started, whose migrations come first. */
	@Test
	void aWeakFirstPasswordIsOneLineBeforeAnythingStarts() throws Exception {
		JdbcConnectionDetails database = TestDatabase.create();
		assertThat(startAndFail(arguments(database), "--latchkey.admin.email=first@example.com",
				"--latchkey.admin.password=hunter2"))
			.singleElement()
			.asString()
			.contains(
					"The first administrator cannot be made: LATCHKEY_ADMIN_PASSWORD must have at least 15 characters")
			.doesNotContain("hunter2");
		try (Connection connection = DriverManager.getConnection(database.getJdbcUrl(), database.getUsername(),
				database.getPassword());
				Statement statement = connection.createStatement();
				ResultSet table = statement.executeQuery("select to_regclass('app_user')")) {
			assertThat(table.next()).isTrue();
			assertThat(table.getString(1)).isNull();
		}
	}

	/** Contract 7: one without the other makes nobody. */
	@ParameterizedTest
	@CsvSource({ "--latchkey.admin.email=a@example.com,LATCHKEY_ADMIN_PASSWORD",
			"--latchkey.admin.password=three ordinary words,LATCHKEY_ADMIN_EMAIL" })
	void halfOfAFirstAdministratorIsOneLine(String argument, String missing) throws Exception {
		assertThat(startAndFail(database(), argument)).singleElement()
			.asString()
			.contains(missing)
			.doesNotContain("three ordinary words");
	}

	/** What stands there may be a secret. */
	@ParameterizedTest
	@ValueSource(strings = { "latchkey:\n\ttokens: s3cret\n", "latchkey:\n  x: s3cret\n  x: s3cret\n", "a: *s3cret\n",
			"a: 's3cret\n", "a: b: s3cret\n" })
	void aFileThatIsNoYamlIsOneLine(String content, @TempDir Path directory) throws Exception {
		Path file = Files.writeString(directory.resolve("application.yaml"), content);
		assertThat(startAndFail("--spring.config.additional-location=file:" + file)).singleElement()
			.asString()
			.contains("A file of settings cannot be read in line ")
			.doesNotContain("s3cret");
	}

	private static String[] database() {
		return arguments(TestDatabase.create());
	}

	private static String[] arguments(JdbcConnectionDetails database) {
		return new String[] { "--spring.datasource.url=" + database.getJdbcUrl(),
				"--spring.datasource.username=" + database.getUsername(),
				"--spring.datasource.password=" + database.getPassword() };
	}

	private static List<String> startAndFail(String[] database, String... arguments)
			throws IOException, InterruptedException {
		return startAndFail(Stream.of(database, arguments).flatMap(Arrays::stream).toArray(String[]::new));
	}

	private static List<String> startAndFail(String... arguments) throws IOException, InterruptedException {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
						"-cp", System.getProperty("java.class.path"), LatchkeyApplication.class.getName()));
		command.addAll(Arrays.asList(arguments));
		ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
		builder.environment().keySet().removeIf((name) -> name.startsWith("SPRING_") || name.startsWith("LATCHKEY_"));
		// Somebody may have a server at the port that is meant where none is named.
		builder.environment().putAll(Map.of("SERVER_PORT", "0", "MANAGEMENT_SERVER_PORT", "0"));
		Process server = builder.start();
		List<String> output = server.inputReader().lines().toList();
		assertThat(server.waitFor()).isEqualTo(1);
		return output;
	}

}
