package dev.latchkey.verification;

import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Hears of changes that other nodes, or people with {@code psql}, have made, over a
 * connection of its own, and proves to the cache again and again that it does.
 * <p>
 * A connection that is cut, a server process that is frozen and a network that swallows
 * everything all look alike from here: the heartbeat does not come back. The cache then
 * stops believing itself after {@code latchkey.cache.max-staleness}, and this connects
 * anew. A node that is itself frozen finds its proof too old when it wakes.
 */
@Component
class ChangeListener implements SmartLifecycle {

	private static final Logger log = LoggerFactory.getLogger(ChangeListener.class);

	private static final Duration LONGEST_INTERVAL = Duration.ofSeconds(1);

	/**
	 * How many heartbeats may be late before the cache stops believing itself.
	 */
	private static final int BEATS = 4;

	private static final Duration BEFORE_NEXT_TRY = Duration.ofMillis(250);

	private final CacheProperties properties;

	private final ListenerSettings settings;

	private final JdbcTemplate pool;

	private final Invalidations invalidations;

	private final ListenerPulse pulse;

	private final ChangeFeed feed;

	private volatile @Nullable Thread thread;

	private boolean complained;

	ChangeListener(CacheProperties properties, ListenerSettings settings, JdbcTemplate pool,
			Invalidations invalidations, ListenerPulse pulse, ChangeFeed feed) {
		this.properties = properties;
		this.settings = settings;
		this.pool = pool;
		this.invalidations = invalidations;
		this.pulse = pulse;
		this.feed = feed;
	}

	@Override
	public void start() {
		if (this.properties.enabled()) {
			Thread listener = new Thread(this::listen, "latchkey-changes");
			listener.setDaemon(true);
			this.thread = listener;
			listener.start();
		}
	}

	@Override
	public void stop() {
		Thread listener = this.thread;
		this.thread = null;
		// Who follows goes to another node; none of them is waited for.
		this.feed.lost();
		try {
			if (listener != null) {
				listener.join(LONGEST_INTERVAL.toMillis());
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public boolean isRunning() {
		return this.thread != null;
	}

	private boolean isWanted() {
		return this.thread == Thread.currentThread();
	}

	private void listen() {
		while (isWanted()) {
			try (ChangeConnection connection = connect()) {
				follow(connection);
			}
			catch (SQLException | RuntimeException ex) {
				complain(ex);
			}
			finally {
				this.pulse.lost();
			}
			LockSupport.parkNanos(BEFORE_NEXT_TRY.toNanos());
		}
	}

	private ChangeConnection connect() throws SQLException {
		return ChangeConnection.open(this.settings.url(), this.settings.driver(), this.invalidations, this.feed);
	}

	private void follow(ChangeConnection connection) throws SQLException {
		Duration interval = interval();
		connection.greet(this.pool);
		greetAgainAndAgain(connection, interval);
		while (isWanted()) {
			long sentAt = System.nanoTime();
			connection.beat();
			do {
				connection.hear(interval.minusNanos(System.nanoTime() - sentAt));
				if (connection.isGreetingLost(this.properties.maxStaleness())) {
					suspectAnotherDatabase(connection);
					throw new SQLTimeoutException("no greeting came");
				}
				if (connection.isHeard() && isWanted()) {
					this.pulse.proven(sentAt);
					connection.proven(sentAt);
					this.complained = false;
				}
				else if (System.nanoTime() - sentAt > this.properties.maxStaleness().toNanos()) {
					suspectAnotherDatabase(connection);
					throw new SQLTimeoutException("no heartbeat came back");
				}
			}
			while (System.nanoTime() - sentAt < interval.toNanos() || !connection.isHeard());
		}
	}

	/**
	 * In a thread of its own, which may have to wait for the pool: that one cannot be
	 * sent proves nothing.
	 */
	private void greetAgainAndAgain(ChangeConnection connection, Duration interval) {
		Thread greeter = new Thread(() -> {
			while (!connection.isClosed()) {
				LockSupport.parkNanos(interval.toNanos());
				try {
					if (connection.mayBeGreeted() && !connection.isClosed()) {
						connection.greet(this.pool);
					}
				}
				catch (RuntimeException ex) {
					log.debug("No greeting could be sent: {}", ex.getClass().getSimpleName());
				}
			}
		}, "latchkey-greetings");
		greeter.setDaemon(true);
		greeter.start();
	}

	/** The one failure that looks like none: two databases that both answer. */
	private void suspectAnotherDatabase(ChangeConnection connection) {
		if (isWanted() && !this.complained && !connection.isGreeted()) {
			log.warn("Changes are not heard: is latchkey.cache.listen-url the database that the pool writes to?"
					+ " Each request asks the database until they are");
			this.complained = true;
		}
	}

	private Duration interval() {
		Duration part = this.properties.maxStaleness().dividedBy(BEATS);
		return (part.compareTo(LONGEST_INTERVAL) < 0) ? part : LONGEST_INTERVAL;
	}

	/** Without the message, which may be the address, and with it the password. */
	private void complain(Exception failure) {
		if (isWanted() && !this.complained) {
			log.warn("Changes are not heard; each request asks the database until they are: {}, SQLSTATE {}",
					failure.getClass().getSimpleName(),
					(failure instanceof SQLException sql) ? sql.getSQLState() : null);
			this.complained = true;
		}
	}

}
