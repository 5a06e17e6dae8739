package dev.latchkey.testing;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

/**
 * Listens, as nodes do, to what the database tells of a change.
 */
public final class ToldChanges {

	private ToldChanges() {
	}

	/**
	 * Returns what is told from the beginning of a change until after its commit.
	 */
	public static List<String> during(JdbcConnectionDetails database, Change change) throws SQLException {
		try (Connection connection = DriverManager.getConnection(database.getJdbcUrl(), database.getUsername(),
				database.getPassword()); Statement statement = connection.createStatement()) {
			statement.execute("listen latchkey_changes");
			change.make(statement);
			statement.execute("select 1");
			List<String> told = new ArrayList<>();
			for (PGNotification one : connection.unwrap(PGConnection.class).getNotifications()) {
				told.add(one.getParameter());
			}
			return told;
		}
	}

	/** A change by SQL. */
	@FunctionalInterface
	public interface Change {

		void make(Statement statement) throws SQLException;

	}

}
