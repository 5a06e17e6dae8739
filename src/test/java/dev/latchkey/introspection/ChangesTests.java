package dev.latchkey.introspection;

import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.latchkey.caller.User;
import dev.latchkey.client.ClientRegistrations;
import dev.latchkey.client.ClientSecret;
import dev.latchkey.introspection.FollowedChanges.Event;
import dev.latchkey.scope.Role;
import dev.latchkey.testing.Http;
import dev.latchkey.testing.Http.Answer;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import dev.latchkey.token.IssuedToken;
import dev.latchkey.verification.Beliefs;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Services hear of changes by a stream, over HTTP, from the real listener.
 */
@LatchkeyTest
class ChangesTests {

	@Autowired
	private Http http;

	@Autowired
	private People people;

	@Autowired
	private JdbcTemplate jdbc;

	@Autowired
	private ClientRegistrations registrations;

	@Autowired
	private AnswerRules rules;

	@Autowired
	private ChangeStreams streams;

	@Autowired
	@Qualifier("changeListener")
	private SmartLifecycle listener;

	private final String client = "rs-" + UUID.randomUUID();

	private User user;

	@BeforeEach
	void registerClient() {
		this.user = this.people.user();
		this.registrations.registerOwn(this.client, new ClientSecret("secret"), Role.USER, this.user.id());
	}

	@Test
	void itBeginsWithWhatIsKnown() throws Exception {
		try (FollowedChanges changes = follow()) {
			assertThat(changes.header("Content-Type")).startsWith("text/event-stream");
			assertThat(changes.header("Cache-Control")).isEqualTo("no-store, no-transform");
			assertThat(changes.header("X-Accel-Buffering")).isEqualTo("no");
			Event hello = changes.next();
			assertThat(hello.name()).isEqualTo("hello");
			assertThat(hello.number("since")).isLessThanOrEqualTo(hello.number("now"));
			assertThat(hello.data()).contains("\"rules\":\"" + this.rules.hash() + "\"");
		}
	}

	@Test
	void aRevocationIsHeardBeforeItIsProvenThatItWas() throws Exception {
		IssuedToken token = this.people.token(this.user, "notes:read");
		try (FollowedChanges changes = follow()) {
			Event hello = changes.next();
			assertThat(this.http.delete("/api/tokens/current", token.raw().reveal()).status()).isEqualTo(204);
			long revokedAt = hello.number("now") + System.nanoTime() / 1_000_000 - changes.connectedAt();
			List<Event> events = changes.until((event) -> event.isBeat() && event.number("proven") > revokedAt);
			assertThat(events).anyMatch((event) -> event.marks(Beliefs.place(token.details().id())));
		}
	}

	@Test
	void whoComesLaterIsToldOfTheLastSeconds() throws Exception {
		IssuedToken token = this.people.token(this.user, "notes:read");
		int place = Beliefs.place(token.details().id());
		try (FollowedChanges first = follow()) {
			this.http.delete("/api/tokens/current", token.raw().reveal());
			first.until((event) -> event.marks(place));
			try (FollowedChanges second = follow()) {
				second.until((event) -> event.marks(place) || event.isEverything());
			}
		}
	}

	@Test
	void whatConcernsEverybodyIsToldAsOneAndEndsNoStream() throws Exception {
		try (FollowedChanges changes = follow()) {
			this.jdbc.execute("select pg_notify('latchkey_changes', '*')");
			changes.until(Event::isEverything);
			for (int i = 0; i < 3; i++) {
				changes.until(Event::isBeat);
			}
		}
	}

	@Test
	void whoNeverReadsKeepsNobodyFromHearing() throws Exception {
		try (Socket silent = new Socket("127.0.0.1", this.http.port()); FollowedChanges changes = follow()) {
			silent.getOutputStream()
				.write("GET /changes HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: %s\r\n\r\n".formatted(basic())
					.getBytes(StandardCharsets.US_ASCII));
			changes.until(Event::isBeat);
			for (int i = 0; i < 20; i++) {
				this.jdbc.execute(
						"select pg_notify('latchkey_changes', gen_random_uuid()::text) from generate_series(1, 900)");
				changes.until((event) -> event.name().equals("mark"));
			}
			changes.until(Event::isBeat);
		}
	}

	@Test
	void aListenerThatIsLostEndsTheStreamsUntilAnotherOneIsProven() throws Exception {
		try (FollowedChanges changes = follow()) {
			changes.until(Event::isBeat);
			this.jdbc.execute("""
					select pg_terminate_backend(pid) from pg_stat_activity
					where application_name = 'latchkey-listener' and datname = current_database()
					""");
			changes.until(Event::isEnd);
		}
		try (FollowedChanges changes = follow()) {
			assertThat(changes.next().name()).isEqualTo("hello");
			changes.until(Event::isBeat);
		}
	}

	@Test
	void aNodeThatDoesNotListenEndsTheStreamsAndOpensNone() throws Exception {
		try (FollowedChanges changes = follow()) {
			changes.until(Event::isBeat);
			this.listener.stop();
			try {
				changes.until(Event::isEnd);
				Answer refused = this.http.send("GET", "/changes", null, Map.of("Authorization", List.of(basic())));
				assertThat(refused.status()).isEqualTo(503);
				assertThat(refused.code()).isEqualTo("unavailable");
				assertThat(refused.header("Retry-After")).isNotBlank();
			}
			finally {
				this.listener.start();
			}
		}
		try (FollowedChanges changes = follow()) {
			changes.until(Event::isBeat);
		}
	}

	@Test
	void aClientThatIsRemovedHearsNoMore() throws Exception {
		try (FollowedChanges changes = follow()) {
			changes.until(Event::isBeat);
			this.jdbc.update("delete from oauth_client where client_id = ?", this.client);
			changes.until(Event::isEnd);
		}
		assertThat(this.http.send("GET", "/changes", null, Map.of("Authorization", List.of(basic()))).status())
			.isEqualTo(401);
	}

	/** Nobody is told which rows those were. */
	@Test
	void aClientThatIsRemovedAmongManyHearsNoMore() throws Exception {
		try (FollowedChanges changes = follow()) {
			changes.until(Event::isBeat);
			this.jdbc.update("""
					with silent as materialized (select set_config('session_replication_role', 'replica', true))
					delete from oauth_client using silent where client_id = ?
					""", this.client);
			this.jdbc.execute("select pg_notify('latchkey_changes', '*')");
			changes.until(Event::isEnd);
		}
	}

	@Test
	void aTokenThatIsRevokedHearsNoMore() throws Exception {
		String token = this.people.raw(this.user, "tokens:introspect");
		try (FollowedChanges changes = follow("Bearer " + token)) {
			changes.until(Event::isBeat);
			this.http.delete("/api/tokens/current", token);
			changes.until(Event::isEnd);
		}
	}

	@Test
	void whoAsksForTheHeadAloneFollowsNothing() {
		int before = this.streams.count();
		Answer head = this.http.send("HEAD", "/changes", null, Map.of("Authorization", List.of(basic())));
		assertThat(head.status()).isEqualTo(200);
		assertThat(head.header("Content-Type")).startsWith("text/event-stream");
		assertThat(this.streams.count()).isLessThanOrEqualTo(before);
	}

	@Test
	void whoLeavesIsForgotten() throws Exception {
		// Those of other tests are forgotten a moment after they have gone.
		await().until(() -> this.streams.count() == 0);
		try (FollowedChanges changes = follow()) {
			changes.until(Event::isBeat);
			assertThat(this.streams.count()).isEqualTo(1);
		}
		await().until(() -> this.streams.count() == 0);
	}

	/** What the container has for one request it has for the next one, too. */
	@Test
	void whoLeavesSpoilsNoLaterRequest() throws Exception {
		for (int i = 0; i < 50; i++) {
			try (FollowedChanges leaving = follow()) {
				leaving.next();
			}
			this.jdbc
				.execute("select pg_notify('latchkey_changes', gen_random_uuid()::text) from generate_series(1, 9)");
			try (FollowedChanges changes = follow()) {
				changes.until((event) -> event.name().equals("mark"));
			}
			assertThat(this.http.get("/livez").status()).isEqualTo(200);
		}
	}

	@Test
	void nobodyElseHears() {
		assertThat(this.http.get("/changes").status()).isEqualTo(401);
		assertThat(this.http.get("/changes?client_id=%s&client_secret=secret".formatted(this.client)).status())
			.isEqualTo(401);
		assertThat(this.http.get("/changes", "lkp_wrong").status()).isEqualTo(401);
		Answer lacking = this.http.get("/changes", this.people.raw(this.user, "notes:read"));
		assertThat(lacking.status()).isEqualTo(403);
		assertThat(lacking.header("WWW-Authenticate")).contains("tokens:introspect");
		assertThat(this.http.post("/changes", "{}").status()).isEqualTo(405);
	}

	/** Others on the same database may have cut the listener meanwhile. */
	private FollowedChanges follow() {
		return follow(basic());
	}

	private FollowedChanges follow(String authorization) {
		return await().until(() -> new FollowedChanges(this.http.base(), authorization),
				(changes) -> changes.status() == 200);
	}

	private String basic() {
		return "Basic "
				+ Base64.getEncoder().encodeToString((this.client + ":secret").getBytes(StandardCharsets.UTF_8));
	}

}
