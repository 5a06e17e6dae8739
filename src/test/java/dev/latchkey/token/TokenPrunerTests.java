package dev.latchkey.token;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import dev.latchkey.testing.TestClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Pruning deletes what ended long ago, in batches that nobody has to wait for.
 */
@LatchkeyTest
class TokenPrunerTests {

	private static final Duration RETENTION = Duration.ofDays(30);

	// What latchkey.tokens.idle-lifetime is without a setting.
	private static final Duration IDLE = Duration.ofDays(365);

	@Autowired
	private TokenPruner pruner;

	@Autowired
	private People people;

	@Autowired
	private TestClock clock;

	@Autowired
	private JdbcTemplate jdbc;

	private UUID owner;

	/** Counts the rows of each statement and names its transaction. */
	@BeforeEach
	void watchDeletions() {
		this.owner = this.people.user().id();
		this.jdbc.execute("create table deletion (n int, tx xid8)");
		this.jdbc.execute("""
				create function note_deletion() returns trigger language plpgsql as
				$$ begin insert into deletion select count(*), pg_current_xact_id() from gone; return null; end $$
				""");
		this.jdbc.execute("""
				create trigger note_deletion after delete on api_token referencing old table as gone
				for each statement execute function note_deletion()
				""");
	}

	@AfterEach
	void stopWatching() {
		this.jdbc.execute("drop trigger note_deletion on api_token");
		this.jdbc.execute("drop function note_deletion");
		this.jdbc.execute("drop table deletion");
		this.jdbc.update("delete from api_token where owner_id = ?", this.owner);
	}

	@Test
	void aTokenThatHasNotBeenUsedForTooLongGoesAfterTheSameTime() {
		Instant now = this.clock.stop();
		insert(2, null, null);
		this.jdbc.update("update api_token set created_at = timestamptz '2020-01-01' where owner_id = ?", this.owner);
		UUID used = this.jdbc.queryForObject("select id from api_token where owner_id = ? limit 1", UUID.class,
				this.owner);
		this.jdbc.update("update api_token set last_used_at = ? where id = ?",
				Timestamp.from(now.minus(IDLE.plus(RETENTION)).plusSeconds(1)), used);
		this.pruner.prune(RETENTION);
		assertThat(remaining()).isEqualTo(1);
		this.jdbc.update("update api_token set last_used_at = ? where id = ?",
				Timestamp.from(now.minus(IDLE.plus(RETENTION))), used);
		this.pruner.prune(RETENTION);
		assertThat(remaining()).isZero();
	}

	@Test
	void whateverEndedItATokenIsKeptWhoseMakingsLive() {
		Instant longAgo = this.clock.stop().minus(RETENTION);
		insert(1, longAgo, null);
		insert(1, null, longAgo);
		insert(1, null, null);
		this.jdbc.update(
				"update api_token set created_at = timestamptz '2020-01-01', outlived = true where owner_id = ?",
				this.owner);
		this.pruner.prune(RETENTION);
		assertThat(remaining()).isEqualTo(3);
		this.jdbc.update("update api_token set outlived = false where owner_id = ?", this.owner);
		this.pruner.prune(RETENTION);
		assertThat(remaining()).isZero();
	}

	@Test
	void aHundredThousandTokensGoInBatchesOfAtMostAThousand() {
		Instant now = this.clock.stop();
		insert(60_000, now.minus(RETENTION), null);
		insert(40_000, now.plus(RETENTION), now.minus(RETENTION));
		assertThat(this.pruner.prune(RETENTION)).isGreaterThanOrEqualTo(100_000);
		assertThat(remaining()).isZero();
		List<Integer> batches = this.jdbc.queryForList("select n from deletion", Integer.class);
		assertThat(batches).hasSizeGreaterThanOrEqualTo(100).allMatch((rows) -> rows <= 1000);
		assertThat(this.jdbc.queryForObject(
				"select max(statements) from (select count(*) statements from deletion group by tx) t", Integer.class))
			.isEqualTo(1);
	}

	@Test
	void whatMayStillBeShownIsKept() {
		Instant now = this.clock.stop();
		Instant kept = now.minus(RETENTION).plusMillis(1);
		insert(1, null, null);
		insert(1, kept, null);
		insert(1, now.plus(RETENTION), kept);
		insert(1, now.minus(RETENTION), null);
		this.pruner.prune(RETENTION);
		assertThat(remaining()).isEqualTo(3);
	}

	@Test
	void whatATokenWasMadeWithIsKeptToFindItByWhenThatLeaks() {
		Instant now = this.clock.stop();
		insert(1, null, now.minus(RETENTION));
		insert(1, null, null);
		UUID parent = this.jdbc.queryForObject("select id from api_token where owner_id = ? and revoked_at is not null",
				UUID.class, this.owner);
		this.jdbc.update("update api_token set parent_id = ? where owner_id = ? and id <> ?", parent, this.owner,
				parent);
		this.pruner.prune(RETENTION);
		assertThat(remaining()).isEqualTo(2);
		this.jdbc.update("delete from api_token where parent_id = ?", parent);
		this.pruner.prune(RETENTION);
		assertThat(remaining()).isZero();
	}

	@Test
	void aClockThatRunsAheadDeletesNothing() {
		insert(1, this.clock.instant().plus(Duration.ofDays(1)), null);
		this.clock.advance(RETENTION.plusDays(2));
		this.pruner.prune(RETENTION);
		assertThat(remaining()).isEqualTo(1);
	}

	@Test
	void aRowThatSomebodyHoldsIsLeftForTheNextTime() throws Exception {
		Instant now = this.clock.stop();
		insert(3, now.minus(RETENTION), null);
		try (var connection = this.jdbc.getDataSource().getConnection(); var statement = connection.createStatement()) {
			connection.setAutoCommit(false);
			statement
				.execute("select id from api_token where owner_id = '%s' limit 1 for update".formatted(this.owner));
			this.pruner.prune(RETENTION);
			connection.rollback();
			connection.setAutoCommit(true);
		}
		assertThat(remaining()).isEqualTo(1);
		this.pruner.prune(RETENTION);
		assertThat(remaining()).isZero();
	}

	private void insert(int rows, Instant expiresAt, Instant revokedAt) {
		this.jdbc.update(
				"""
						insert into api_token (id, owner_id, created_at, expires_at, revoked_at, digest, kind, hint, name, scopes)
						select gen_random_uuid(), ?, now() - interval '60 days', ?, ?, sha256(gen_random_uuid()::text::bytea), 'p',
						    'lkp_…test', 'test', 'notes:read' from generate_series(1, ?)
						""",
				this.owner, timestamp(expiresAt), timestamp(revokedAt), rows);
	}

	private long remaining() {
		return this.jdbc.queryForObject("select count(*) from api_token where owner_id = ?", Long.class, this.owner);
	}

	private static Timestamp timestamp(Instant moment) {
		return (moment != null) ? Timestamp.from(moment) : null;
	}

}
