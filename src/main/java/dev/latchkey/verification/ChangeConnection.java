package dev.latchkey.verification;

import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Properties;
import java.util.UUID;

import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

import org.springframework.jdbc.core.JdbcTemplate;

/**
 * A connection that listens for changes and for its own heartbeat.
 * <p>
 * PostgreSQL has one queue for all that is told, in the order of the commits, and a
 * session gets it in that order. So when the heartbeat comes back, everything committed
 * before it was sent has come, too. Nothing less would prove that: a query that is
 * answered proves only that somebody answers queries.
 */
final class ChangeConnection implements AutoCloseable {

	private static final String EVERYTHING = "*";

	private static final String GREETING = "greeting";

	private final Connection connection;

	private final Invalidations invalidations;

	private final String heartbeat;

	private boolean greeted;

	private long sent;

	private long heard;

	private ChangeConnection(Connection connection, String heartbeat, Invalidations invalidations) {
		this.connection = connection;
		this.heartbeat = heartbeat;
		this.invalidations = invalidations;
	}

	/**
	 * Connects and listens. What was remembered before that is not believed any more.
	 * @param settings who connects, how, and how long the server may take for an answer
	 * @throws SQLException if the server cannot be reached
	 */
	static ChangeConnection open(String url, Properties settings, Invalidations invalidations) throws SQLException {
		byte[] random = new byte[8];
		new SecureRandom().nextBytes(random);
		String heartbeat = "latchkey_beat_" + HexFormat.of().formatHex(random);
		Connection connection = DriverManager.getConnection(url, settings);
		try (Statement statement = connection.createStatement()) {
			statement.execute("listen latchkey_changes");
			statement.execute("listen " + heartbeat);
		}
		catch (SQLException ex) {
			connection.abort(Runnable::run);
			throw ex;
		}
		invalidations.markAll();
		return new ChangeConnection(connection, heartbeat, invalidations);
	}

	/**
	 * Sends a greeting over another connection. Until it is heard, nothing proves that
	 * this one listens to the database that the other one writes to.
	 */
	void greet(JdbcTemplate other) {
		other.query("select pg_notify(?, ?)", (row) -> {
		}, this.heartbeat, GREETING);
	}

	boolean isGreeted() {
		return this.greeted;
	}

	/**
	 * Sends a heartbeat and waits for the server to take it. A server that takes no
	 * writes sends none: what it knows may not be all.
	 * @throws SQLException if it does not
	 */
	void beat() throws SQLException {
		this.sent++;
		try (PreparedStatement statement = this.connection.prepareStatement("select pg_notify(?, ?)"
				+ " where not cast(current_setting('default_transaction_read_only') as boolean)")) {
			statement.setString(1, this.heartbeat);
			statement.setString(2, String.valueOf(this.sent));
			statement.execute();
		}
	}

	/**
	 * Returns whether the greeting and the latest heartbeat have come.
	 */
	boolean isHeard() {
		return this.greeted && this.heard == this.sent;
	}

	/**
	 * Marks what has changed; waits for the first change, but not longer than that.
	 * @throws SQLException if the connection is lost
	 */
	void hear(Duration patience) throws SQLException {
		int millis = (int) Math.max(1, patience.toMillis());
		PGNotification[] told = this.connection.unwrap(PGConnection.class).getNotifications(millis);
		if (told == null) {
			return;
		}
		for (PGNotification one : told) {
			if (one.getName().equals(this.heartbeat) && one.getParameter().equals(GREETING)) {
				this.greeted = true;
			}
			else if (one.getName().equals(this.heartbeat)) {
				this.heard = Long.parseLong(one.getParameter());
			}
			else {
				mark(one.getParameter());
			}
		}
	}

	/** Whatever cannot be read may mean anything. */
	private void mark(String changed) {
		try {
			if (!EVERYTHING.equals(changed)) {
				this.invalidations.mark(UUID.fromString(changed));
				return;
			}
		}
		catch (IllegalArgumentException ex) {
			// Said below.
		}
		this.invalidations.markAll();
	}

	@Override
	public void close() throws SQLException {
		this.connection.close();
	}

}
