package dev.latchkey.token;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.IntFunction;

import dev.latchkey.token.PruneBatches.Done;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/**
 * Deletes tokens whose end lies some time back. A batch takes only rows that nobody
 * holds, and finds them by an index.
 */
@Service
public class TokenPruner implements Prunable {

	private static final Logger log = LoggerFactory.getLogger(TokenPruner.class);

	/** Nothing that lives was made with it. */
	private static final String UNNEEDED = """
			not t.outlived and not exists(select 1 from api_token child where child.parent_id = t.id)
			""";

	private static final String BATCH = """
			delete from api_token where id = any(array(
			    select id from api_token t where %1$s <= :before and %2$s
			    order by %1$s limit :size for update skip locked))
			""";

	private static final String NEXT = "select id from api_token where id > :after order by id limit :size";

	private static final String IDLE = """
			delete from api_token where id = any(array(
			    select id from api_token t
			    where id = any(:ids) and greatest(last_used_at, created_at) <= :before and %s
			    order by id for update skip locked))
			""".formatted(UNNEEDED);

	private final JdbcClient jdbc;

	private final PruneBatches batches;

	private final TokenProperties properties;

	private final Clock clock;

	TokenPruner(JdbcClient jdbc, PruneBatches batches, TokenProperties properties, Clock clock) {
		this.jdbc = jdbc;
		this.batches = batches;
		this.properties = properties;
		this.clock = clock;
	}

	/** Deletes what ended before the time that the settings leave it. */
	@Override
	public long prune() {
		return prune(this.properties.prune().retention());
	}

	/**
	 * Deletes all tokens that had ended before.
	 * @param retention how long ago they must have ended
	 * @return how many were deleted
	 */
	public long prune(Duration retention) {
		Instant before = now().minus(retention);
		long pruned = prune("expires_at", before) + prune("revoked_at", before) + pruneIdle(before);
		log.info("Pruned {} tokens that ended before {}", pruned, before);
		return pruned;
	}

	/** The clock that is behind: one that runs ahead would delete what lives. */
	private Instant now() {
		return this.jdbc.sql("select least(:now, now())")
			.param("now", Timestamp.from(this.clock.instant()))
			.query(Timestamp.class)
			.single()
			.toInstant();
	}

	private long prune(String column, Instant before) {
		return this.batches.run((size) -> Done.all(this.jdbc.sql(BATCH.formatted(column, UNNEEDED))
			.param("before", Timestamp.from(before))
			.param("size", size)
			.update()));
	}

	/**
	 * Walks through the table once by its key: an index on the last use would have to be
	 * written at each.
	 */
	private long pruneIdle(Instant before) {
		Duration idle = this.properties.idleLifetime().duration();
		return (idle != null) ? this.batches.run(new IdleTokens(before.minus(idle))) : 0;
	}

	/** How far the walk has come. */
	private final class IdleTokens implements IntFunction<Done> {

		private final Instant before;

		private UUID after = new UUID(0, 0);

		private IdleTokens(Instant before) {
			this.before = before;
		}

		@Override
		public Done apply(int size) {
			List<UUID> batch = TokenPruner.this.jdbc.sql(NEXT)
				.param("after", this.after)
				.param("size", size)
				.query(UUID.class)
				.list();
			if (batch.isEmpty()) {
				return Done.all(0);
			}
			this.after = batch.get(batch.size() - 1);
			return new Done(batch.size(),
					TokenPruner.this.jdbc.sql(IDLE)
						.param("ids", batch.toArray(UUID[]::new))
						.param("before", Timestamp.from(this.before))
						.update());
		}

	}

}
