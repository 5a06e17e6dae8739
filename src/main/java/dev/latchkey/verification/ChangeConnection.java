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

	private final ChangeFeed feed;

	/** Of the feed's connections which. */
	private final long number;

	private final String heartbeat;

	/** How many greetings were sent, when the last one was, and which has come. */
	private volatile long greetings;

	private volatile long greetedAt;

	private volatile long greeting;

	private volatile boolean closed;

	private long sent;

	private long heard;

	private ChangeConnection(Connection connection, long number, String heartbeat, Invalidations invalidations,
			ChangeFeed feed) {
		this.connection = connection;
		this.number = number;
		this.heartbeat = heartbeat;
		this.invalidations = invalidations;
		this.feed = feed;
	}

	/**
	 * Connects and listens. What was remembered before that is not believed any more.
	 * @param settings who connects, how, and how long the server may take for an answer
	 * @throws SQLException if the server cannot be reached
	 */
	static ChangeConnection open(String url, Properties settings, Invalidations invalidations, ChangeFeed feed)
			throws SQLException {
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
		long number = feed.listening();
		invalidations.markAll();
		return new ChangeConnection(connection, number, heartbeat, invalidations, feed);
	}

	/**
	 * Sends a greeting over another connection. Until it is heard, nothing proves that
	 * this one listens to the database that the other one writes to; and that may be
	 * another one after a while.
	 */
	void greet(JdbcTemplate other) {
		long number = this.greetings + 1;
		other.query("select pg_notify(?, ?)", (row) -> {
		}, this.heartbeat, GREETING + number);
		this.greetedAt = System.nanoTime();
		this.greetings = number;
	}

	/**
	 * Returns whether one may be sent: none is under way.
	 */
	boolean mayBeGreeted() {
		return this.greeting >= this.greetings;
	}

	/**
	 * Returns whether one was sent so long ago and has not come.
	 */
	boolean isGreetingLost(Duration patience) {
		long number = this.greetings;
		return System.nanoTime() - this.greetedAt > patience.toNanos() && number == this.greetings
				&& this.greeting < number;
	}

	boolean isGreeted() {
		return this.greeting > 0;
	}

	boolean isClosed() {
		return this.closed;
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
		return isGreeted() && this.heard == this.sent;
	}

	/** Passes on that everything committed before that time has been heard. */
	void proven(long sentAt) {
		this.feed.proven(this.number, sentAt);
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
			if (one.getName().equals(this.heartbeat) && one.getParameter().startsWith(GREETING)) {
				this.greeting = Long.parseLong(one.getParameter().substring(GREETING.length()));
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
				UUID id = UUID.fromString(changed);
				this.invalidations.mark(id);
				this.feed.mark(id);
				return;
			}
		}
		catch (IllegalArgumentException ex) {
			// Said below.
		}
		this.invalidations.markAll();
		this.feed.markAll();
	}

	@Override
	public void close() throws SQLException {
		this.closed = true;
		this.feed.lost(this.number);
		this.connection.close();
	}

}
