package dev.latchkey.audit;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.Semaphore;

import dev.latchkey.web.JsonLines;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Gives out all events that a filter admits, the oldest first. Each batch is a short
 * statement of its own that goes on where the one before ended: a client that reads
 * slowly holds neither a connection of the pool nor back what the database may clean up,
 * and one that is gone is found out at the next batch. Events from after the request are
 * left out, so that every export ends.
 */
@Component
class AuditExport {

	private static final int BATCH = 1000;

	/** However many read at once, most of the pool stays with everybody else. */
	private final Semaphore turns = new Semaphore(2);

	private final AuditQueries events;

	AuditExport(AuditQueries events) {
		this.events = events;
	}

	JsonLines of(AuditFilter filter) {
		long last = this.events.last();
		return new JsonLines(new Batches(filter, last)::next);
	}

	/**
	 * How far one client has come.
	 */
	private final class Batches {

		private final AuditFilter filter;

		private final long last;

		private @Nullable AuditEvent latest;

		private boolean over;

		private Batches(AuditFilter filter, long last) {
			this.filter = filter;
			this.last = last;
		}

		private List<AuditEvent> next() {
			if (this.over) {
				return List.of();
			}
			List<AuditEvent> batch = read();
			this.over = batch.size() < BATCH;
			if (!this.over) {
				this.latest = batch.get(BATCH - 1);
			}
			return batch;
		}

		private List<AuditEvent> read() {
			Instant at = (this.latest != null) ? this.latest.at() : Instant.EPOCH;
			long id = (this.latest != null) ? this.latest.id() : 0;
			AuditExport.this.turns.acquireUninterruptibly();
			try {
				return AuditExport.this.events.after(this.filter, this.last, at, id, BATCH);
			}
			finally {
				AuditExport.this.turns.release();
			}
		}

	}

}
