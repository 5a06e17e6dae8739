package dev.latchkey.startup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.assertj.core.api.AbstractStringAssert;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.context.support.GenericApplicationContext;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class DatabaseCheckTests {

	private static EmbeddedPostgres postgres;

	private final MockEnvironment environment = new MockEnvironment()
		.withProperty("spring.datasource.username", "postgres")
		.withProperty("spring.datasource.password", "right")
		.withProperty("spring.datasource.hikari.data-source-properties.connectTimeout", "1")
		.withProperty("spring.datasource.hikari.data-source-properties.loginTimeout", "1");

	@BeforeAll
	static void startPostgres(@TempDir Path directory) throws IOException {
		Path password = Files.writeString(directory.resolve("password"), "right");
		postgres = EmbeddedPostgres.builder()
			.setLocaleConfig("pwfile", password.toString())
			.setConnectConfig("password", "right")
			.setServerConfig("unix_socket_directories", "")
			.setDataDirectoryCustomizer((data) -> {
				try {
					Files.writeString(data.toPath().resolve("pg_hba.conf"), "host all all all scram-sha-256\n");
				}
				catch (IOException ex) {
					throw new UncheckedIOException(ex);
				}
			})
			.start();
	}

	@AfterAll
	static void stopPostgres() throws IOException {
		postgres.close();
	}

	@Test
	void aDatabaseThatLetsTheServerInPasses() {
		this.environment.setProperty("spring.datasource.url", url("postgres"));
		assertThatCode(this::check).doesNotThrowAnyException();
	}

	@Test
	void withoutADatabaseTheThreeSettingsAndDemoModeAreNamed() {
		assertThatFailure().startsWith("No database is configured.")
			.contains("SPRING_DATASOURCE_URL")
			.contains("SPRING_DATASOURCE_USERNAME")
			.contains("SPRING_DATASOURCE_PASSWORD")
			.contains("./mvnw spring-boot:run");
	}

	@Test
	void anotherKindOfDatabaseIsNamedAsSuchWithoutItsPassword() {
		this.environment.setProperty("spring.datasource.url", "jdbc:mysql://localhost/latchkey?password=secret");
		assertThatFailure().contains("jdbc:postgresql://host:5432/latchkey").doesNotContain("secret");
	}

	@Test
	void aWrongPasswordNamesTheSettingsAndNotThePassword() {
		this.environment.setProperty("spring.datasource.url", url("postgres"));
		this.environment.setProperty("spring.datasource.password", "wrong-one");
		assertThatFailure().contains("does not accept the user name or the password")
			.contains("SPRING_DATASOURCE_PASSWORD")
			.doesNotContain("wrong-one");
	}

	@Test
	void aPasswordLeftOutIsAWrongPassword() {
		this.environment.setProperty("spring.datasource.url", url("postgres"));
		this.environment.setProperty("spring.datasource.password", "");
		assertThatFailure().contains("does not accept the user name or the password");
	}

	@Test
	void aMissingDatabaseIsNamed() {
		this.environment.setProperty("spring.datasource.url", url("nowhere") + "?ApplicationName=secret");
		assertThatFailure().contains("has no database \"nowhere\"").doesNotContain("secret");
	}

	@Test
	void aPortWhereNobodyListensIsNamed() throws IOException {
		int port;
		try (ServerSocket socket = new ServerSocket(0)) {
			port = socket.getLocalPort();
		}
		this.environment.setProperty("spring.datasource.url", "jdbc:postgresql://127.0.0.1:" + port + "/latchkey");
		assertThatFailure().contains("No PostgreSQL answers at 127.0.0.1:" + port);
	}

	@Test
	@Timeout(10)
	void aServerThatNeverAnswersIsGivenUp() throws IOException {
		try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
			this.environment.setProperty("spring.datasource.url",
					"jdbc:postgresql://127.0.0.1:" + silent.getLocalPort() + "/latchkey");
			assertThatFailure().contains("did not answer in time").contains("Try again if it is busy");
		}
	}

	@Test
	void whatIsNoPostgresIsNotCalledSlow() throws IOException {
		try (ServerSocket other = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
			Thread answers = new Thread(() -> answerOtherwise(other));
			answers.setDaemon(true);
			answers.start();
			this.environment.setProperty("spring.datasource.url",
					"jdbc:postgresql://127.0.0.1:" + other.getLocalPort() + "/latchkey");
			assertThatFailure().contains("No PostgreSQL answers at");
		}
	}

	private static void answerOtherwise(ServerSocket server) {
		while (!server.isClosed()) {
			try (Socket client = server.accept()) {
				client.getOutputStream().write("HTTP/1.1 400 \r\n\r\n".getBytes(StandardCharsets.US_ASCII));
			}
			catch (IOException ex) {
				// The next one, or the end of the test.
			}
		}
	}

	@Test
	void aVersionThatIsTooOldIsNamed() {
		this.environment.setProperty("spring.datasource.url", url("postgres"));
		assertThatFailure(() -> check(new DatabaseCheck(99))).contains("is version ", "needs 99 or newer");
	}

	@ParameterizedTest
	@ValueSource(strings = { "?readOnly=true", "?targetServerType=secondary", "?targetServerType=preferSecondary",
			"?ssl=false&targetServerType=slave", "?options=-c%20default_transaction_read_only=on",
			"?readOnly=true&readOnlyMode=always" })
	void anAddressThatAsksForNoWritesIsRefused(String parameters) {
		this.environment.setProperty("spring.datasource.url", url("postgres") + parameters);
		assertThatFailure().contains("takes no writes").contains("SPRING_DATASOURCE_URL name the primary");
	}

	@Test
	void aReadOnlyPoolIsRefused() {
		this.environment.setProperty("spring.datasource.url", url("postgres"));
		this.environment.setProperty("spring.datasource.hikari.read-only", "true");
		assertThatFailure().contains("takes no writes");
	}

	@Test
	void aDatabaseThatIsReadOnlyIsRefused() throws SQLException {
		try (Connection connection = DriverManager.getConnection(url("postgres"), "postgres", "right");
				Statement statement = connection.createStatement()) {
			statement.execute("create database frozen");
			statement.execute("alter database frozen set default_transaction_read_only = on");
		}
		this.environment.setProperty("spring.datasource.url", url("frozen"));
		assertThatFailure().contains("takes no writes: default_transaction_read_only is on");
	}

	@Test
	void aStandbyIsRefused() throws IOException {
		try (EmbeddedPostgres standby = EmbeddedPostgres.builder()
			.setServerConfig("unix_socket_directories", "")
			.setDataDirectoryCustomizer((data) -> {
				try {
					Files.createFile(data.toPath().resolve("standby.signal"));
				}
				catch (IOException ex) {
					throw new UncheckedIOException(ex);
				}
			})
			.start()) {
			this.environment.setProperty("spring.datasource.url",
					"jdbc:postgresql://localhost:" + standby.getPort() + "/postgres");
			assertThatFailure().contains("takes no writes: it is a standby in recovery");
		}
	}

	private AbstractStringAssert<?> assertThatFailure() {
		return assertThatFailure(this::check);
	}

	private static AbstractStringAssert<?> assertThatFailure(ThrowingCallable check) {
		return assertThatThrownBy(check).isInstanceOf(StartupFailure.class)
			.extracting(Throwable::getMessage, as(InstanceOfAssertFactories.STRING))
			.doesNotContain("\n");
	}

	private void check() {
		check(new DatabaseCheck());
	}

	private void check(DatabaseCheck check) {
		try (GenericApplicationContext context = new GenericApplicationContext()) {
			context.setEnvironment(this.environment);
			check.initialize(context);
		}
	}

	private static String url(String database) {
		return "jdbc:postgresql://localhost:" + postgres.getPort() + "/" + database;
	}

}
