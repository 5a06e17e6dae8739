package dev.latchkey.audit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import dev.latchkey.caller.Actor;
import dev.latchkey.caller.AuditAction;
import dev.latchkey.caller.AuditedAct;
import jakarta.annotation.PreDestroy;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Folds refusals of the same kind, from the same place, about the same token, within a
 * minute into one row with a count, written off the request's way: a flood fills neither
 * the table nor the memory.
 */
@Component
class FoldedRefusals {

	private static final Logger log = LoggerFactory.getLogger(FoldedRefusals.class);

	private static final Duration WINDOW = Duration.ofMinutes(1);

	private static final int MAX_KINDS = 10_000;

	private final Map<AuditedAct, Folded> kinds = new ConcurrentHashMap<>();

	private final AuditLog audit;

	private final Clock clock;

	FoldedRefusals(AuditLog audit, Clock clock) {
		this.audit = audit;
		this.clock = clock;
	}

	void add(AuditedAct refusal) {
		AuditedAct kind = (this.kinds.size() < room(refusal)) ? refusal : new AuditedAct(refusal.action(), Actor.NOBODY,
				refusal.ownerId(), null, List.of(), "from many places");
		Folded known = this.kinds.get(kind);
		while (known == null || !known.count()) {
			known = this.kinds.computeIfAbsent(kind, (key) -> new Folded(this.clock.instant(), 0));
		}
	}

	/** A flood of other refusals does not keep an owner from hearing of a theft. */
	private static int room(AuditedAct refusal) {
		return (refusal.action() == AuditAction.TOKEN_REUSE_DETECTED) ? 2 * MAX_KINDS : MAX_KINDS;
	}

	/**
	 * Writes what is new: the first of a kind at once, the rest when its minute is over.
	 * One at a time, also when the server stops meanwhile: two would both write the same.
	 */
	@Scheduled(fixedDelay = 1000)
	synchronized void flush() {
		Instant now = this.clock.instant();
		for (Map.Entry<AuditedAct, Folded> entry : this.kinds.entrySet()) {
			Folded folded = entry.getValue();
			boolean over = !now.isBefore(folded.since.plus(WINDOW));
			if ((folded.written == 0 || over) && !write(entry.getKey(), folded, over)) {
				return;
			}
		}
	}

	@PreDestroy
	synchronized void flushAll() {
		for (Map.Entry<AuditedAct, Folded> entry : this.kinds.entrySet()) {
			if (!write(entry.getKey(), entry.getValue(), true)) {
				return;
			}
		}
	}

	/**
	 * Returns false if the database cannot be reached: each further try would wait for it
	 * as long as this one, and a stop with it.
	 */
	private boolean write(AuditedAct kind, Folded folded, boolean over) {
		int counted = folded.counted.get();
		try {
			if (counted > folded.written) {
				this.audit.write(kind, folded.since, counted - folded.written);
				folded.written = counted;
			}
			if (over) {
				Instant now = this.clock.instant();
				this.kinds.computeIfPresent(kind, (key, last) -> last.rest(now));
			}
			return true;
		}
		catch (DataAccessException ex) {
			log.warn("A refusal could not be written to the audit; it is tried again: {}",
					ex.getClass().getSimpleName());
			return false;
		}
	}

	/**
	 * How often, since when, and how much of it stands in the table. A flood counts in
	 * one place without a lock.
	 */
	private static final class Folded {

		private static final int CLOSED = -1;

		private final Instant since;

		private final AtomicInteger counted;

		private volatile int written;

		private Folded(Instant since, int counted) {
			this.since = since;
			this.counted = new AtomicInteger(counted);
		}

		/** Returns false if another one counts by now. */
		private boolean count() {
			int before = this.counted.getAndUpdate((count) -> (count == CLOSED) ? CLOSED : count + 1);
			return before != CLOSED;
		}

		/** What came in while the last of a minute was written begins the next minute. */
		private @Nullable Folded rest(Instant now) {
			int unwritten = this.counted.getAndSet(CLOSED) - this.written;
			return (unwritten > 0) ? new Folded(now, unwritten) : null;
		}

	}

}
