package dev.latchkey.audit;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.TestClock;
import dev.latchkey.token.Lifetime;
import dev.latchkey.token.PruneBatches;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Contract 5.3: events are kept {@code latchkey.audit.retention}, 400 days.
 */
@LatchkeyTest
class AuditPrunerTests {

	private static final Duration KEPT = Duration.ofDays(400);

	@Autowired
	private AuditPruner pruner;

	@Autowired
	private PruneBatches batches;

	@Autowired
	private TestClock clock;

	@Autowired
	private JdbcClient client;

	@Autowired
	private JdbcTemplate jdbc;

	private final UUID token = UUID.randomUUID();

	@AfterEach
	void removeEvents() {
		this.jdbc.update("delete from audit_event where token_id = ?", this.token);
	}

	@Test
	void whatIsOlderThan400DaysGoesAndNothingElse() {
		Instant now = this.clock.stop();
		insert(3, now.minus(KEPT));
		insert(2, now.minus(KEPT).plusMillis(1));
		insert(1, now);
		assertThat(this.pruner.prune()).isGreaterThanOrEqualTo(3);
		assertThat(remaining()).isEqualTo(3);
	}

	@Test
	void manyGoInBatches() {
		insert(2500, this.clock.stop().minus(KEPT));
		this.jdbc.execute("create table deletion (n int, tx xid8)");
		this.jdbc.execute("""
				create function note_deletion() returns trigger language plpgsql as
				$$ begin insert into deletion select count(*), pg_current_xact_id() from gone; return null; end $$
				""");
		this.jdbc.execute("""
				create trigger note_deletion after delete on audit_event referencing old table as gone
				for each statement execute function note_deletion()
				""");
		try {
			this.pruner.prune();
			assertThat(this.jdbc.queryForList("select n from deletion", Integer.class)).hasSizeGreaterThanOrEqualTo(3)
				.allMatch((rows) -> rows <= 1000);
			assertThat(this.jdbc.queryForObject("select count(distinct tx) = count(*) from deletion", Boolean.class))
				.isTrue();
		}
		finally {
			this.jdbc.execute("drop trigger note_deletion on audit_event");
			this.jdbc.execute("drop function note_deletion");
			this.jdbc.execute("drop table deletion");
		}
		assertThat(remaining()).isZero();
	}

	@Test
	void aClockThatRunsAheadDeletesNothing() {
		insert(1, this.clock.instant());
		this.clock.advance(KEPT.plusDays(1));
		this.pruner.prune();
		assertThat(remaining()).isEqualTo(1);
	}

	@Test
	void whereNothingEverGoesNothingDoes() {
		insert(1, Instant.parse("2000-01-01T00:00:00Z"));
		AuditProperties forEver = new AuditProperties(Lifetime.of("never"));
		assertThat(new AuditPruner(this.client, this.batches, forEver, this.clock).prune()).isZero();
		assertThat(remaining()).isEqualTo(1);
	}

	@Test
	void twoNodesAtOnceDeleteEachEventOnce() throws Exception {
		this.pruner.prune();
		insert(5000, this.clock.stop().minus(KEPT));
		ExecutorService nodes = Executors.newFixedThreadPool(2);
		try {
			List<Future<Long>> runs = new ArrayList<>();
			for (int i = 0; i < 2; i++) {
				runs.add(nodes.submit(this.pruner::prune));
			}
			assertThat(runs.get(0).get() + runs.get(1).get()).isEqualTo(5000);
		}
		finally {
			nodes.shutdownNow();
		}
		assertThat(remaining()).isZero();
	}

	private void insert(int rows, Instant at) {
		this.jdbc.update("insert into audit_event (at, action, token_id) select ?, 'login.failed', ? from"
				+ " generate_series(1, ?)", Timestamp.from(at), this.token, rows);
	}

	private long remaining() {
		return this.jdbc.queryForObject("select count(*) from audit_event where token_id = ?", Long.class, this.token);
	}

}
