package dev.latchkey.audit;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;

import dev.latchkey.token.Prunable;
import dev.latchkey.token.PruneBatches;
import dev.latchkey.token.PruneBatches.Done;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Deletes events that are old enough, when and as tokens are.
 */
@Component
class AuditPruner implements Prunable {

	private static final Logger log = LoggerFactory.getLogger(AuditPruner.class);

	/** By the clock that is behind: one that runs ahead would delete what is young. */
	private static final String BATCH = """
			delete from audit_event where id = any(array(
			    select id from audit_event where at <= least(:now, now()) - make_interval(secs => :age)
			    order by at, id limit :size for update skip locked))
			""";

	private final JdbcClient jdbc;

	private final PruneBatches batches;

	private final AuditProperties properties;

	private final Clock clock;

	AuditPruner(JdbcClient jdbc, PruneBatches batches, AuditProperties properties, Clock clock) {
		this.jdbc = jdbc;
		this.batches = batches;
		this.properties = properties;
		this.clock = clock;
	}

	/**
	 * Deletes all events that are older than they are kept.
	 * @return how many were deleted
	 */
	@Override
	public long prune() {
		Duration age = this.properties.retention().duration();
		if (age == null) {
			return 0;
		}
		long pruned = this.batches.run((size) -> Done.all(this.jdbc.sql(BATCH)
			.param("now", Timestamp.from(this.clock.instant()))
			.param("age", age.toSeconds())
			.param("size", size)
			.update()));
		log.info("Pruned {} events older than {} days", pruned, age.toDays());
		return pruned;
	}

}
