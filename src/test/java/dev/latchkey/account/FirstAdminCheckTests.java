package dev.latchkey.account;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

import dev.latchkey.startup.StartupFailure;
import dev.latchkey.testing.TestDatabase;
import org.junit.jupiter.api.Test;

import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Where a weak first password stops a start, and where it is nobody's.
 */
class FirstAdminCheckTests {

	private final JdbcConnectionDetails database = TestDatabase.create();

	private final MockEnvironment environment = new MockEnvironment()
		.withProperty("spring.datasource.url", this.database.getJdbcUrl())
		.withProperty("spring.datasource.username", this.database.getUsername())
		.withProperty("spring.datasource.password", this.database.getPassword())
		.withProperty("latchkey.admin.email", "first@example.com")
		.withProperty("latchkey.admin.password", "hunter2");

	@Test
	void whereThereAreNoAccountsItStopsTheStart() throws SQLException {
		assertThatExceptionOfType(StartupFailure.class).isThrownBy(this::check);
		execute("create table app_user (id int)");
		assertThatExceptionOfType(StartupFailure.class).isThrownBy(this::check);
	}

	@Test
	void whereThereAreAccountsItMayBeThatNobodyIsMade() throws SQLException {
		execute("create table app_user (id int)");
		execute("insert into app_user values (1)");
		assertThatCode(this::check).doesNotThrowAnyException();
	}

	/** As with spring.datasource.hikari.schema. */
	@Test
	void whereThePoolAloneFindsTheAccountsNothingIsSaidOfThem() throws SQLException {
		execute("create schema held");
		execute("create table held.app_user (id int)");
		assertThatCode(this::check).doesNotThrowAnyException();
	}

	@Test
	void aGoodOneStopsNothing() {
		this.environment.setProperty("latchkey.admin.password", "three ordinary words");
		assertThatCode(this::check).doesNotThrowAnyException();
	}

	private void check() {
		try (GenericApplicationContext context = new GenericApplicationContext()) {
			context.setEnvironment(this.environment);
			new FirstAdminCheck().initialize(context);
		}
	}

	private void execute(String statement) throws SQLException {
		try (Connection connection = DriverManager.getConnection(this.database.getJdbcUrl(),
				this.database.getUsername(), this.database.getPassword());
				Statement made = connection.createStatement()) {
			made.execute(statement);
		}
	}

}
