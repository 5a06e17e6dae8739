package dev.latchkey.startup;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.UUID;

import dev.latchkey.testing.TestDatabase;
import org.assertj.core.api.AbstractStringAssert;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.junit.jupiter.api.Test;

import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * What an operator reads whose role for migrations is not as it should be.
 */
class MigrationFailureTests {

	private final JdbcConnectionDetails database = TestDatabase.create();

	private final String role = "migrates_" + UUID.randomUUID().toString().replace("-", "");

	@Test
	void aRoleThatMayNotSignIn() {
		assertThatLine(this.database.getJdbcUrl(), this.role)
			.startsWith("PostgreSQL does not let the role that migrates sign in (FATAL: ")
			.endsWith("Correct SPRING_FLYWAY_USER and SPRING_FLYWAY_PASSWORD.");
	}

	@Test
	void aRoleThatOwnsNothing() {
		JdbcClient owner = JdbcClient.create(new DriverManagerDataSource(this.database.getJdbcUrl(),
				String.valueOf(this.database.getUsername()), String.valueOf(this.database.getPassword())));
		owner.sql("create role " + this.role + " login password 'of-a-test'").update();
		try {
			assertThatLine(this.database.getJdbcUrl(), this.role)
				.startsWith("The role that migrates may not do that (ERROR: permission denied for schema")
				.endsWith(
						"Have SPRING_FLYWAY_USER name the role that owns the tables; deploy/postgres/roles.sql makes it,"
								+ " and gives it what is there.");
		}
		finally {
			owner.sql("drop role " + this.role).update();
		}
	}

	@Test
	void aPlaceWhereNothingAnswers() throws IOException {
		int port;
		try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			port = taken.getLocalPort();
		}
		assertThatLine("jdbc:postgresql://127.0.0.1:" + port + "/latchkey", this.role)
			.startsWith("PostgreSQL did not answer the role that migrates (");
	}

	private static AbstractStringAssert<?> assertThatLine(String url, String role) {
		Flyway migrations = Flyway.configure()
			.dataSource(url, role, "of-a-test")
			.jdbcProperties(Map.of("connectTimeout", "3"))
			.load();
		FlywayException failure = catchThrowableOfType(FlywayException.class, migrations::migrate);
		return assertThat(String.join("\n", FailureLines.of(failure))).doesNotContain("\n");
	}

}
