package dev.latchkey.persistence;

import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.transaction.CannotCreateTransactionException;

/**
 * Tells a database that is out of reach, or that broke a change off because of others,
 * from every other failure: what was asked for may be asked for again.
 */
public final class DatabaseOutage {

	/** After how many seconds to try again. */
	public static final String RETRY_AFTER_SECONDS = "2";

	/** What whoever asked is told. */
	public static final String DETAIL = "The database could not do this. Try again in a moment.";

	/** Likewise, where nobody knows whether what was asked for has been done. */
	public static final String UNKNOWN_DETAIL = "The database stopped answering. Look whether this was done before you ask for it again.";

	/**
	 * SQLSTATE class 08, connection exception; class 53, a server that lacks disk, memory
	 * or connections; class 57, operator intervention; class 58, a disk or file that
	 * fails; 25006, a server that takes no writes, since another one is the primary now.
	 */
	private static final String[] STATES = { "08", "53", "57P", "58", "25006" };

	private static final String CONNECTION = "org.postgresql.jdbc.PgConnection";

	private static final String LOST_ROLLBACK = "org.hibernate.TransactionException";

	private DatabaseOutage() {
	}

	/**
	 * Returns whether the failure, or one that caused it, is a lost or refused
	 * connection, a server that has no room left, or a change that was tried several
	 * times and always met others. What cannot be rolled back because the pool has closed
	 * its connection hides why, and the pool has no state for that.
	 */
	public static boolean isCauseOf(@Nullable Throwable failure) {
		int depth = 0;
		for (Throwable cause = failure; cause != null && depth < 20; cause = cause.getCause()) {
			if (cause instanceof DataAccessResourceFailureException || cause instanceof CannotCreateTransactionException
					|| cause instanceof ConcurrencyFailureException || cause instanceof SQLRecoverableException
					|| cause instanceof SQLTransientException) {
				return true;
			}
			if (cause instanceof SQLException sql && hasConnectionState(sql)) {
				return true;
			}
			if (isLostRollback(cause)) {
				return true;
			}
			depth++;
		}
		return false;
	}

	/**
	 * Returns whether the connection was lost while a transaction was being committed, or
	 * after others had been. The server may have done so before: whoever asked must not
	 * be told that nothing was done. Lost before, it rolls back.
	 */
	public static boolean leavesUnknown(@Nullable Throwable failure) {
		int depth = 0;
		for (Throwable cause = failure; cause != null && depth < 20; cause = cause.getCause()) {
			if (cause instanceof OutageAfterwardsException
					|| (cause instanceof SQLException sql && hasConnectionState(sql) && isOfCommit(sql))) {
				return true;
			}
			depth++;
		}
		return false;
	}

	/** The driver has no state of its own for that. */
	private static boolean isOfCommit(SQLException failure) {
		return Arrays.stream(failure.getStackTrace())
			.anyMatch((call) -> call.getClassName().equals(CONNECTION) && call.getMethodName().equals("commit"));
	}

	/** By its name, since whoever embeds this may have no Hibernate. */
	private static boolean isLostRollback(Throwable failure) {
		return failure.getClass().getName().equals(LOST_ROLLBACK) && failure.getCause() instanceof SQLException closed
				&& closed.getSQLState() == null;
	}

	private static boolean hasConnectionState(SQLException failure) {
		String state = failure.getSQLState();
		if (state == null) {
			return false;
		}
		for (String prefix : STATES) {
			if (state.startsWith(prefix)) {
				return true;
			}
		}
		return false;
	}

}
