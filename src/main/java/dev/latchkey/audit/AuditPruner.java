package dev.latchkey.audit;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

import dev.latchkey.token.TokenProperties;
import net.javacrumbs.shedlock.spring.annotation.SchedulerLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Deletes events that are old enough, when and as tokens are: once a day, on one node at
 * a time, each batch a statement and a transaction of its own, with a rest after it.
 */
@Component
class AuditPruner {

	private static final Logger log = LoggerFactory.getLogger(AuditPruner.class);

	/** By the clock that is behind: one that runs ahead would delete what is young. */
	private static final String BATCH = """
			delete from audit_event where id = any(array(
			    select id from audit_event where at <= least(:now, now()) - make_interval(secs => :age)
			    order by at, id limit :size for update skip locked))
			""";

	private final JdbcClient jdbc;

	private final AuditProperties properties;

	private final TokenProperties.Prune prune;

	private final Clock clock;

	AuditPruner(JdbcClient jdbc, AuditProperties properties, TokenProperties tokens, Clock clock) {
		this.jdbc = jdbc;
		this.properties = properties;
		this.prune = tokens.prune();
		this.clock = clock;
	}

	/**
	 * Deletes all events that are older than they are kept.
	 * @return how many were deleted
	 */
	long prune() {
		Duration age = this.properties.retention().duration();
		if (age == null) {
			return 0;
		}
		long pruned = 0;
		int batch;
		do {
			long begin = System.nanoTime();
			batch = this.jdbc.sql(BATCH)
				.param("now", Timestamp.from(this.clock.instant()))
				.param("age", age.toSeconds())
				.param("size", this.prune.batchSize())
				.update();
			pruned += batch;
			LockSupport.parkNanos(System.nanoTime() - begin);
		}
		while (batch == this.prune.batchSize());
		log.info("Pruned {} events older than {} days", pruned, age.toDays());
		return pruned;
	}

	/**
	 * The daily run.
	 */
	@Component
	@ConditionalOnProperty(name = "latchkey.tokens.prune.enabled", matchIfMissing = true)
	static class Daily {

		private final AuditPruner pruner;

		Daily(AuditPruner pruner) {
			this.pruner = pruner;
		}

		@Scheduled(cron = "${latchkey.tokens.prune.cron:0 17 3 * * *}")
		@SchedulerLock(name = "prune-audit", lockAtLeastFor = "PT1M")
		void prune() {
			this.pruner.prune();
		}

	}

}
