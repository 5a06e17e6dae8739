package dev.latchkey.verification;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import dev.latchkey.testing.Http;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import dev.latchkey.testing.TestClock;
import dev.latchkey.token.IssuedToken;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The last use is written rarely, in batches, and never on a request's way.
 */
@LatchkeyTest
class LastUseTests {

	@Autowired
	private Http http;

	@Autowired
	private People people;

	@Autowired
	private TestClock clock;

	@Autowired
	private LastUseRecorder recorder;

	@Autowired
	private JdbcTemplate jdbc;

	@BeforeEach
	void watchUpdates() {
		this.jdbc.execute("create table token_update (id uuid)");
		this.jdbc.execute("""
				create function note_update() returns trigger language plpgsql as
				$$ begin insert into token_update values (new.id); return null; end $$
				""");
		this.jdbc.execute(
				"create trigger note_update after update on api_token for each row execute function note_update()");
	}

	@AfterEach
	void stopWatching() {
		this.jdbc.execute("drop trigger note_update on api_token");
		this.jdbc.execute("drop function note_update");
		this.jdbc.execute("drop table token_update");
	}

	@Test
	void twoHundredRequestsAtOnceSucceedAndWriteAtMostOnce() throws Exception {
		IssuedToken token = this.people.token(this.people.user(), "user:read");
		ExecutorService clients = Executors.newFixedThreadPool(50);
		try {
			List<Future<Integer>> answers = new ArrayList<>();
			for (int i = 0; i < 200; i++) {
				answers.add(clients.submit(() -> this.http.get("/api/user", token.raw().reveal()).status()));
			}
			for (Future<Integer> answer : answers) {
				assertThat(answer.get()).isEqualTo(200);
			}
		}
		finally {
			clients.shutdownNow();
		}
		this.recorder.flush();
		// The server's own may have taken it just before, and be writing it.
		await().until(() -> updates(token.details().id()) > 0);
		this.recorder.flush();
		assertThat(updates(token.details().id())).isEqualTo(1);
	}

	@Test
	void aUseWithinTheSameMinuteIsNotWrittenAgainButALaterOneIs() {
		Instant first = this.clock.stop();
		IssuedToken token = this.people.token(this.people.user(), "tokens:read");
		use(token);
		this.clock.advance(Duration.ofSeconds(59));
		use(token);
		assertThat(updates(token.details().id())).isEqualTo(1);
		assertThat(lastUse(token)).isEqualTo(first.toString());
		this.clock.advance(Duration.ofSeconds(1));
		use(token);
		assertThat(updates(token.details().id())).isEqualTo(2);
		assertThat(lastUse(token)).isEqualTo(first.plusSeconds(60).toString());
	}

	@Test
	void theAddressIsKeptToo() {
		IssuedToken token = this.people.token(this.people.user(), "tokens:read");
		use(token);
		assertThat(this.http.get("/api/tokens/current", token.raw().reveal()).<String>json("last_used_ip"))
			.isEqualTo("127.0.0.1");
	}

	@Test
	void aRefusedTokenIsNotUsed() {
		IssuedToken token = this.people.token(this.people.user(), "tokens:read");
		this.jdbc.update("update api_token set revoked_at = created_at where id = ?", token.details().id());
		int before = updates(token.details().id());
		assertThat(this.http.get("/api/tokens/current", token.raw().reveal()).status()).isEqualTo(401);
		this.recorder.flush();
		assertThat(updates(token.details().id())).isEqualTo(before);
	}

	@Test
	void theMinutesOfADayAreCounted() {
		this.clock.stopAt(Instant.parse("2027-03-01T12:00:00Z"));
		IssuedToken token = this.people.token(this.people.user(), "tokens:read");
		use(token);
		this.clock.advance(Duration.ofSeconds(60));
		use(token);
		assertThat(days(token)).containsExactly("2027-03-01 2");
	}

	@Test
	void theFirstUseOfADayForgetsWhatIsThirtyDaysOld() {
		this.clock.stopAt(Instant.parse("2027-03-31T12:00:00Z"));
		IssuedToken token = this.people.token(this.people.user(), "tokens:read");
		this.jdbc.update("insert into token_use values (?, '2027-03-01', 7), (?, '2027-03-02', 8)",
				token.details().id(), token.details().id());
		use(token);
		assertThat(days(token)).containsExactly("2027-03-02 8", "2027-03-31 1");
	}

	private List<String> days(IssuedToken token) {
		return this.jdbc.queryForList("select day || ' ' || minutes from token_use where token_id = ? order by day",
				String.class, token.details().id());
	}

	private void use(IssuedToken token) {
		assertThat(this.http.get("/api/tokens/current", token.raw().reveal()).status()).isEqualTo(200);
		this.recorder.flush();
	}

	private String lastUse(IssuedToken token) {
		return this.http.get("/api/tokens/current", token.raw().reveal()).json("last_used_at");
	}

	private int updates(UUID token) {
		return this.jdbc.queryForObject("select count(*) from token_update where id = ?", Integer.class, token);
	}

}
