package dev.latchkey.audit;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import dev.latchkey.audit.AggregatedRefusals.Sent;
import dev.latchkey.caller.Actor;
import dev.latchkey.caller.AuditAction;
import dev.latchkey.caller.AuditedAct;
import jakarta.annotation.PreDestroy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Folds refusals of the same kind, from the same network, about the same token, within a
 * minute into one row with a count, written off the request's way: a flood fills neither
 * the table nor the memory.
 */
@Component
class RefusalAggregator {

	private static final Logger log = LoggerFactory.getLogger(RefusalAggregator.class);

	/** How many used numbers a server that stops meets before it goes. */
	private static final int LAST_TRIES = 1000;

	/** A flood of other refusals does not keep an owner from hearing of a theft. */
	private final RefusalKinds thefts = new RefusalKinds();

	private final RefusalKinds others = new RefusalKinds();

	private final RefusalRows rows;

	private final Clock clock;

	RefusalAggregator(RefusalRows rows, Clock clock) {
		this.rows = rows;
		this.clock = clock;
	}

	void add(AuditedAct refusal) {
		RefusalKinds kinds = (refusal.action() == AuditAction.TOKEN_REUSE_DETECTED) ? this.thefts : this.others;
		kinds.count(refusal, this.clock.instant());
	}

	/**
	 * Writes what is new: the first of a kind at once, the rest when its minute is over.
	 * One at a time, also when the server stops meanwhile: two would both write the same.
	 */
	@Scheduled(fixedDelay = 1000)
	synchronized void flush() {
		int met = flush(false);
		if (met > 0) {
			log.warn("{} refusals met numbers in the audit that are used; they are tried again", met);
		}
	}

	@PreDestroy
	synchronized void flushAll() {
		int met = flush(true);
		for (int all = met; met > 0 && all < LAST_TRIES; all += met) {
			met = flush(true);
		}
		if (met > 0) {
			log.warn("The numbers in the audit that come next are used; {} refusals are left out", met);
		}
	}

	/**
	 * Returns how many used numbers it met: as many rows would be written by trying again
	 * at once.
	 */
	private int flush(boolean all) {
		Instant now = this.clock.instant();
		int met = 0;
		for (RefusalKinds kinds : List.of(this.thefts, this.others)) {
			for (Map.Entry<AuditedAct, AggregatedRefusals> entry : kinds.all().entrySet()) {
				AggregatedRefusals folded = entry.getValue();
				boolean over = all || folded.isOver(now);
				Written written = (folded.isNew() || over) ? write(entry.getKey(), folded) : Written.AS_FAR_AS_IT_GOES;
				if (written == Written.DATABASE_AWAY) {
					return 0;
				}
				met += (written == Written.NUMBER_USED) ? 1 : 0;
				if (over && written == Written.AS_FAR_AS_IT_GOES && folded.sent() == null) {
					kinds.end(entry.getKey(), folded, now);
				}
			}
		}
		return met;
	}

	/**
	 * If the database cannot be reached, each further try would wait for it as long as
	 * this one, and a stop with it. What it never takes is left out, so that the others
	 * have their rows; where only the number was used, by rows that were put in with
	 * theirs, the next try has the next one.
	 */
	private Written write(AuditedAct kind, AggregatedRefusals folded) {
		try {
			settle(folded);
			int counted = folded.counted();
			if (folded.sent() == null && counted > folded.written()) {
				Actor first = kind.actor().from(folded.place(kind.actor().ip())).by(folded.requestId());
				this.rows.write(kind.by(first), folded.since(), counted - folded.written(),
						(transaction) -> folded.sends(transaction, counted));
				folded.wrote(counted);
			}
			return Written.AS_FAR_AS_IT_GOES;
		}
		catch (DuplicateKeyException ex) {
			folded.wroteNothing();
			return Written.NUMBER_USED;
		}
		catch (DataIntegrityViolationException ex) {
			int counted = folded.counted();
			log.warn("The audit does not take a refusal; {} of {} are left out: {}", counted - folded.written(),
					kind.action().value(), ex.getClass().getSimpleName());
			folded.wrote(counted);
			return Written.AS_FAR_AS_IT_GOES;
		}
		catch (DataAccessException | TransactionException ex) {
			log.warn("A refusal could not be written to the audit; it is tried again: {}",
					ex.getClass().getSimpleName());
			return Written.DATABASE_AWAY;
		}
	}

	/** What was sent when the database went away may stand there. */
	private void settle(AggregatedRefusals folded) {
		Sent sent = folded.sent();
		if (sent == null) {
			return;
		}
		switch (this.rows.outcome(sent.transaction())) {
			case COMMITTED -> folded.wrote(sent.upTo());
			case ABORTED -> folded.wroteNothing();
			case OPEN -> log.debug("It is not decided yet what became of a refusal that was sent");
		}
	}

	/** What became of a try to write. */
	private enum Written {

		AS_FAR_AS_IT_GOES, NUMBER_USED, DATABASE_AWAY

	}

}
