package dev.latchkey.audit;

import java.time.Instant;
import java.util.function.Consumer;

import dev.latchkey.caller.AuditedAct;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Writes rows of refusals, each in a transaction of its own. What became of one whose end
 * was not heard, since the database went away meanwhile, it says by its number
 * afterwards: so nothing is written twice.
 */
@Component
class RefusalRows {

	private static final String NUMBER = "select cast(pg_current_xact_id() as text)";

	private static final String STATUS = "select pg_xact_status(cast(? as xid8))";

	private final AuditLog audit;

	private final JdbcTemplate jdbc;

	private final TransactionTemplate transactions;

	RefusalRows(AuditLog audit, JdbcTemplate jdbc, PlatformTransactionManager transactions) {
		this.audit = audit;
		this.jdbc = jdbc;
		this.transactions = new TransactionTemplate(transactions);
	}

	/**
	 * Writes a row.
	 * @param sent is told the number of the transaction before that is committed
	 */
	void write(AuditedAct kind, Instant since, int count, Consumer<String> sent) {
		this.transactions.executeWithoutResult((status) -> {
			this.audit.write(kind, since, count);
			sent.accept(String.valueOf(this.jdbc.queryForObject(NUMBER, String.class)));
		});
	}

	/**
	 * Returns what became of a transaction. Of one that a server which took over has
	 * never heard of, nothing is left.
	 */
	Outcome outcome(String number) {
		try {
			return Outcome.of(this.jdbc.queryForObject(STATUS, String.class, number));
		}
		catch (DataIntegrityViolationException ex) {
			return Outcome.ABORTED;
		}
	}

	/** What became of a transaction. */
	enum Outcome {

		COMMITTED, ABORTED, OPEN;

		/** One so old that nobody knows is written again: rather twice than never. */
		private static Outcome of(@Nullable String status) {
			if ("in progress".equals(status)) {
				return OPEN;
			}
			return "committed".equals(status) ? COMMITTED : ABORTED;
		}

	}

}
