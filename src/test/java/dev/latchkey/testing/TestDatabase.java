package dev.latchkey.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import java.util.function.BiConsumer;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;

import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

/**
 * The real PostgreSQL that all tests of one run share: the server that
 * {@code LATCHKEY_TEST_DATABASE} names ({@code jdbc:postgresql://127.0.0.1:5432/}, where
 * {@code postgres} may do everything), a container where a Docker engine answers, else
 * the embedded one. Each application context gets a database of its own.
 */
public final class TestDatabase {

	private static final Server SERVER = start();

	private TestDatabase() {
	}

	/**
	 * Makes an empty database and says how to reach it.
	 */
	public static JdbcConnectionDetails create() {
		String name = "test_" + UUID.randomUUID().toString().replace("-", "");
		SERVER.execute("create database " + name);
		return SERVER.details(name);
	}

	/**
	 * Sends one of the database's processes a signal, {@code STOP} for example.
	 */
	public static void signal(String name, long pid) {
		SERVER.signals().accept(name, pid);
	}

	private static Server start() {
		String named = System.getenv("LATCHKEY_TEST_DATABASE");
		if (named != null) {
			return new Server(named, "postgres", "postgres", Signals::send);
		}
		if (DockerClientFactory.instance().isDockerAvailable()) {
			PostgreSQLContainer container = new PostgreSQLContainer("postgres:18.0");
			container.start();
			return new Server(container.getJdbcUrl().replaceAll("/[^/]*$", "/"), container.getUsername(),
					container.getPassword(), (name, pid) -> Signals.send(container, name, pid));
		}
		try {
			EmbeddedPostgres postgres = EmbeddedPostgres.builder()
				.setServerConfig("max_connections", "300")
				.setServerConfig("unix_socket_directories", "")
				.start();
			return new Server("jdbc:postgresql://localhost:" + postgres.getPort() + "/", "postgres", "postgres",
					Signals::send);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private record Server(String url, String user, String password, BiConsumer<String, Long> signals) {

		JdbcConnectionDetails details(String database) {
			return new JdbcConnectionDetails() {

				@Override
				public String getUsername() {
					return Server.this.user;
				}

				@Override
				public String getPassword() {
					return Server.this.password;
				}

				@Override
				public String getJdbcUrl() {
					return Server.this.url + database;
				}

			};
		}

		void execute(String sql) {
			try (Connection connection = DriverManager.getConnection(this.url + "postgres", this.user, this.password);
					Statement statement = connection.createStatement()) {
				statement.execute(sql);
			}
			catch (SQLException ex) {
				throw new IllegalStateException(ex);
			}
		}

	}

}
