package dev.latchkey.verification;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

import dev.latchkey.persistence.PrimaryAnswer;
import dev.latchkey.token.ImportedTokens;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Remembers whether there are imported tokens, as verified tokens are remembered: without
 * them, what has not our form costs no query. The database is asked by one at a time, so
 * that a flood of such takes no more than one connection while nothing is believed.
 */
@Component
class BelievedImports implements ImportedTokens {

	/** Under which nodes are told that tokens were imported; it stands in V94 too. */
	static final UUID MARK = UUID.fromString("696d706f-7274-4000-8000-000000000000");

	private static final String QUERY = """
			select exists(select 1 from api_token where imported_from is not null) as some,
			    exists(select 1 from api_token where imported_from is not null and imported_number is not null) as numbered,
			    standby
			from pg_is_in_recovery() as standby
			""";

	/** Milliseconds. */
	private static final int TIMEOUT = 1500;

	private static final long PATIENCE = 1900;

	private final JdbcTemplate jdbc;

	private final Beliefs beliefs;

	private final ReentrantLock asking = new ReentrantLock();

	private volatile @Nullable Known known;

	BelievedImports(JdbcTemplate jdbc, Beliefs beliefs) {
		this.jdbc = jdbc;
		this.beliefs = beliefs;
	}

	@Override
	public boolean exist() {
		return known().some();
	}

	@Override
	public boolean existNumbered() {
		return known().numbered();
	}

	private Known known() {
		Known remembered = believed();
		return (remembered != null) ? remembered : ask();
	}

	private @Nullable Known believed() {
		Known remembered = this.known;
		return (remembered != null && this.beliefs.isStillValid(remembered.moment(), MARK)) ? remembered : null;
	}

	private Known ask() {
		if (!isMyTurn()) {
			throw new DataAccessResourceFailureException("Too many are waiting for the database");
		}
		try {
			Known remembered = believed();
			if (remembered == null) {
				remembered = load();
				this.known = remembered;
			}
			return remembered;
		}
		finally {
			this.asking.unlock();
		}
	}

	private boolean isMyTurn() {
		try {
			return this.asking.tryLock(PATIENCE, TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	private Known load() {
		Beliefs.Moment moment = this.beliefs.moment();
		return this.jdbc.execute((Connection connection) -> {
			connection.setNetworkTimeout(Runnable::run, TIMEOUT);
			try (PreparedStatement statement = connection.prepareStatement(QUERY)) {
				ResultSet row = statement.executeQuery();
				row.next();
				PrimaryAnswer.require(row);
				return new Known(row.getBoolean("some"), row.getBoolean("numbered"), moment);
			}
		});
	}

	/** What the database said, and the moment before it was asked. */
	private record Known(boolean some, boolean numbered, Beliefs.Moment moment) {

	}

}
