package dev.latchkey.token;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import dev.latchkey.testing.TestClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Once a day everything goes that is old enough, on one node at a time.
 */
@LatchkeyTest
class DailyPruneTests {

	private static final Duration LONG = Duration.ofDays(500);

	@Autowired
	private PruneSchedule.DailyPrune daily;

	@Autowired
	private People people;

	@Autowired
	private TestClock clock;

	@Autowired
	private JdbcTemplate jdbc;

	private UUID token;

	private Timestamp longAgo;

	@BeforeEach
	void makeWhatIsOld() {
		Instant now = this.clock.stop();
		this.token = this.people.token(this.people.user(), "user:read").details().id();
		this.longAgo = Timestamp.from(now.minus(LONG));
		this.jdbc.update("delete from audit_event where token_id = ?", this.token);
		age();
		this.jdbc.update("delete from shedlock where name = 'prune-tokens'");
	}

	@AfterEach
	void removeEvents() {
		this.jdbc.update("delete from audit_event where token_id = ?", this.token);
	}

	/** The lock is kept for a minute, so that a node whose clock is behind finds it. */
	@Test
	void oldTokensAndOldEventsGoOncePerRun() {
		this.daily.prune();
		assertThat(count("api_token where id = ?")).isZero();
		assertThat(count("audit_event where token_id = ?")).isZero();
		age();
		this.daily.prune();
		assertThat(count("audit_event where token_id = ?")).isEqualTo(1);
	}

	@Test
	void whatOneCannotDoKeepsTheOthersFromNothing() {
		List<String> done = new ArrayList<>();
		PruneCounts counts = new PruneCounts(Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC));
		new PruneSchedule.DailyPrune(List.of(() -> {
			throw new QueryTimeoutException("no answer");
		}, () -> {
			done.add("other");
			return 1;
		}), counts).prune();
		assertThat(done).containsExactly("other");
		SimpleMeterRegistry meters = new SimpleMeterRegistry();
		counts.bindTo(meters);
		assertThat(meters.get("latchkey.prune.deleted").functionCounter().count()).isEqualTo(1);
		assertThat(meters.get("latchkey.prune.last").gauge().value()).isEqualTo(1_767_225_600);
	}

	private void age() {
		this.jdbc.update("update api_token set expires_at = ? where id = ?", this.longAgo, this.token);
		this.jdbc.update("insert into audit_event (at, action, token_id) values (?, 'login.failed', ?)", this.longAgo,
				this.token);
	}

	private long count(String rows) {
		return this.jdbc.queryForObject("select count(*) from " + rows, Long.class, this.token);
	}

}
