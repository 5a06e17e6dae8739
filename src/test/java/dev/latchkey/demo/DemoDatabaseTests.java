package dev.latchkey.demo;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

import dev.latchkey.startup.StartupFailure;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@Timeout(180)
class DemoDatabaseTests {

	// One for all: unpacking and creating a database takes seconds, a restart does not.
	@TempDir
	private static Path temporary;

	private final Path path = temporary.resolve("a demo's directory");

	private DemoDirectory directory;

	private DemoDatabase database;

	@BeforeEach
	void start() {
		open();
		this.database.start();
	}

	@AfterEach
	void stop() {
		this.database.stop();
	}

	private void open() {
		this.directory = DemoDirectory.open(this.path);
		this.database = new DemoDatabase(this.directory);
	}

	@Test
	void whatIsCommittedIsOnTheDisk() throws SQLException {
		assertThat(query("show fsync")).isEqualTo("on");
		assertThat(query("show synchronous_commit")).isEqualTo("on");
		assertThat(query("show server_version")).startsWith("18.");
	}

	@Test
	void aSecondStartHasTheDataOfTheFirst() throws SQLException {
		try (Connection connection = connect(); Statement statement = connection.createStatement()) {
			statement.execute("create table kept as select 'since the first start' as word");
		}
		this.database.stop();
		open();
		this.database.start();
		assertThat(query("select word from kept")).isEqualTo("since the first start");
	}

	@Test
	void aNumberThatBelongsToAnotherProcessNowIsNoRival() throws Exception {
		this.database.stop();
		Files.writeString(this.path.resolve("data/postmaster.pid"), ProcessHandle.current().pid() + "\n");
		open();
		this.database.start();
		assertThat(query("select 1")).isEqualTo("1");
	}

	@Test
	void aFirstStartThatWasInterruptedIsBegunAnew() throws Exception {
		this.database.stop();
		Files.delete(this.path.resolve("ready"));
		Files.delete(this.path.resolve("data/PG_VERSION"));
		open();
		this.database.start();
		assertThat(query("select 1")).isEqualTo("1");
	}

	@Test
	void aSecondServerIsTurnedAwayInOneLine() {
		assertThatExceptionOfType(StartupFailure.class).isThrownBy(() -> DemoDirectory.open(this.path))
			.withMessageContaining("Another demo server is running in " + this.path)
			.withMessageContaining("--latchkey.demo.directory=");
	}

	@Test
	void otherUsersOfTheMachineStayOut() throws Exception {
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(this.path))).isEqualTo("rwx------");
		assertThatExceptionOfType(SQLException.class)
			.isThrownBy(() -> DriverManager.getConnection(this.database.url(), DemoDatabase.USER, "guess"))
			.withMessageContaining("password");
	}

	@Test
	void whatPostgresSaysAboutItsFailureIsPassedOn() throws Exception {
		this.database.stop();
		Path settings = this.path.resolve("data/postgresql.conf");
		Path elsewhere = Files.move(settings, this.path.resolve("postgresql.conf"));
		open();
		assertThatExceptionOfType(StartupFailure.class).isThrownBy(this.database::start)
			.withMessageContaining("did not start (initdb: ")
			.withMessageContaining(this.path.resolve("postgresql.log").toString());
		Files.move(elsewhere, settings);
	}

	private Connection connect() throws SQLException {
		return DriverManager.getConnection(this.database.url(), DemoDatabase.USER, this.directory.password());
	}

	private String query(String sql) throws SQLException {
		try (Connection connection = connect();
				Statement statement = connection.createStatement();
				ResultSet result = statement.executeQuery(sql)) {
			result.next();
			return result.getString(1);
		}
	}

}
