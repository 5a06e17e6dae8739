package dev.latchkey.audit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

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

	private final Map<AuditRecord, Folded> kinds = new ConcurrentHashMap<>();

	private final AuditLog audit;

	private final Clock clock;

	FoldedRefusals(AuditLog audit, Clock clock) {
		this.audit = audit;
		this.clock = clock;
	}

	void add(AuditRecord refusal) {
		AuditRecord kind = (this.kinds.size() < MAX_KINDS) ? refusal
				: new AuditRecord(refusal.action(), null, null, null, null, null, "from many places");
		Instant now = this.clock.instant();
		this.kinds.compute(kind, (key, known) -> (known != null) ? known.plusOne() : new Folded(now, 1, 0));
	}

	/**
	 * Writes what is new: the first of a kind at once, the rest when its minute is over.
	 */
	@Scheduled(fixedDelay = 1000)
	void flush() {
		Instant now = this.clock.instant();
		this.kinds.forEach((kind, folded) -> {
			boolean over = !now.isBefore(folded.since().plus(WINDOW));
			if (folded.written() == 0 || over) {
				write(kind, folded, over);
			}
		});
	}

	@PreDestroy
	void flushAll() {
		this.kinds.forEach((kind, folded) -> write(kind, folded, true));
	}

	private void write(AuditRecord kind, Folded folded, boolean over) {
		int fresh = folded.count() - folded.written();
		try {
			if (fresh > 0) {
				this.audit.write(kind, folded.since(), fresh);
			}
			Instant now = this.clock.instant();
			this.kinds.computeIfPresent(kind, (key, latest) -> latest.afterWriting(folded.count(), over, now));
		}
		catch (DataAccessException ex) {
			log.warn("A refusal could not be written to the audit; it is tried again: {}",
					ex.getClass().getSimpleName());
		}
	}

	/** How often, since when, and how much of it stands in the table. */
	private record Folded(Instant since, int count, int written) {

		Folded plusOne() {
			return new Folded(this.since, this.count + 1, this.written);
		}

		/** What came in while the last of a minute was written begins the next minute. */
		@Nullable Folded afterWriting(int counted, boolean over, Instant now) {
			if (!over) {
				return new Folded(this.since, this.count, counted);
			}
			return (this.count > counted) ? new Folded(now, this.count - counted, 0) : null;
		}

	}

}
