package dev.latchkey.verification;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

import dev.latchkey.client.ClientRegistrations;
import dev.latchkey.client.ClientSecret;
import dev.latchkey.introspection.RemoteService;
import dev.latchkey.scope.Role;
import dev.latchkey.scope.ScopeCatalogue;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import dev.latchkey.testing.ServerProcess;
import dev.latchkey.token.IssuedToken;
import dev.latchkey.token.TokenIssuer;
import dev.latchkey.token.TokensImported;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Two servers on one database, as operators run them: what ends at one of them, or by
 * hand, has ended at the other within the longest staleness. The second one's way to the
 * database can be blocked.
 * <p>
 * To see the history fail, do as {@link RevocationHistoryTests} says; the other tests
 * fail with a {@link ListenerPulse} that is always fresh.
 */
@LatchkeyTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TwoProcessesTests {

	private static final Duration STALENESS = Duration.ofSeconds(1);

	private static final int ENDS = 200;

	private static final long LONG_ENOUGH = STALENESS.multipliedBy(3).toNanos();

	@Autowired
	private JdbcConnectionDetails database;

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private People people;

	@Autowired
	private TokenIssuer issuer;

	@Autowired
	private ScopeCatalogue catalogue;

	@Autowired
	private ClientRegistrations registrations;

	@Autowired
	private ApplicationEventPublisher events;

	private RemoteNode first;

	private Network network;

	private RemoteNode second;

	@BeforeAll
	void start(@TempDir Path directory) throws IOException {
		this.network = new Network(this.database);
		this.first = node("first", directory, this.database.getJdbcUrl());
		this.second = node("second", directory, this.network.url());
	}

	@AfterAll
	void stop() throws Exception {
		this.first.close();
		this.second.close();
		this.network.close();
	}

	@Test
	void noUseThatBeginsAfterTheAnswerIsAccepted() throws InterruptedException {
		History history = new History(STALENESS);
		RemoteEnds ends = new RemoteEnds(history, List.of(this.first, this.second), this.people, this.issuer,
				this.jdbc);
		List<History.Step> steps = new ArrayList<>(List.of(ends::revoke, ends::deleteByHand, ends::disable,
				ends::demote, ends::narrow, this::cutAListener));
		for (int i = 0; i < 4; i++) {
			steps.add(() -> history.use(this.first, this.first::accepts));
			steps.add(() -> history.use(this.second, this.second::accepts));
		}
		history.run(Duration.ofSeconds(20), ENDS, steps);
		assertThat(history.violations()).isEmpty();
		assertThat(history.ends()).containsOnlyKeys("revoked", "deleted by hand", "disabled", "demoted", "narrowed");
		assertThat(history.endsInAll()).isGreaterThanOrEqualTo(ENDS);
	}

	/**
	 * It follows one node and asks both in turn, while changes are made at the other one
	 * and by hand. Fails with a {@code RemoteVerifier} that notes the moment after the
	 * question.
	 */
	@Test
	void aServiceThatKeepsAnswersAcceptsNothingLaterThanItMay() throws InterruptedException {
		String client = "rs-" + UUID.randomUUID();
		this.registrations.registerOwn(client, new ClientSecret("secret"), Role.USER, this.people.user().id());
		String basic = "Basic "
				+ Base64.getEncoder().encodeToString((client + ":secret").getBytes(StandardCharsets.UTF_8));
		History history = new History(Duration.ofSeconds(2));
		RemoteEnds ends = new RemoteEnds(history, List.of(this.first), this.people, this.issuer, this.jdbc);
		try (RemoteService service = new RemoteService(this.second.base(),
				List.of(this.first.base(), this.second.base()), basic, RemoteEnds.RIGHT)) {
			List<History.Step> steps = new ArrayList<>(List.of(ends::revoke, ends::deleteByHand, ends::disable,
					ends::demote, ends::narrow, this::cutAListener));
			for (int i = 0; i < 6; i++) {
				steps.add(() -> history.use(service, service::accepts));
			}
			history.run(Duration.ofSeconds(15), ENDS, steps);
			assertThat(history.violations()).isEmpty();
			assertThat(history.ends()).containsOnlyKeys("revoked", "deleted by hand", "disabled", "demoted",
					"narrowed");
			assertThat(service.asked()).isPositive();
			assertThat(service.remembered()).isPositive();
		}
	}

	/** What it could hear when it goes on is held back, or it might hear it first. */
	@Test
	void aProcessThatWasStoppedDoesNotBelieveWhatItKnewBefore() throws Exception {
		String token = remembered();
		List<CompletableFuture<Boolean>> uses = new ArrayList<>();
		this.second.signal("STOP");
		this.network.swallow(true);
		try {
			long revokedAt = revoke(token);
			await().until(() -> System.nanoTime() - revokedAt > STALENESS.toNanos());
			for (int i = 0; i < 20; i++) {
				uses.add(this.second.use(token));
			}
		}
		finally {
			this.second.signal("CONT");
		}
		try {
			assertThat(uses).allSatisfy((use) -> assertThat(use.join()).isFalse());
		}
		finally {
			this.network.swallow(false);
		}
	}

	/**
	 * Where the answer to the revocation takes as long as may be believed, nothing is
	 * left to be seen, and it is done again.
	 */
	@Test
	void aProcessThatCannotReachTheDatabaseBelievesForAsLongAsAllowed() {
		await().atMost(Duration.ofMinutes(2)).pollInSameThread().until(this::hasBelievedWithoutTheDatabase);
	}

	/** Never longer than allowed, and this time for a while after the answer. */
	private boolean hasBelievedWithoutTheDatabase() throws Exception {
		String token = remembered();
		long lastAccepted;
		long revokedAt;
		try {
			this.network.swallow(true);
			revokedAt = revoke(token);
			lastAccepted = revokedAt;
			long begin = System.nanoTime();
			while (begin - revokedAt < LONG_ENOUGH && this.second.accepts(token)) {
				lastAccepted = begin;
				begin = System.nanoTime();
			}
		}
		finally {
			this.network.swallow(false);
		}
		assertThat(lastAccepted - revokedAt).isLessThanOrEqualTo(STALENESS.toNanos());
		assertThat(this.second.accepts(token)).isFalse();
		remembered();
		return lastAccepted > revokedAt;
	}

	/** A restore or a replication writes rows so: nobody is told. */
	@Test
	void whatChangesInSilenceIsNoticedOnceItIsOld() throws Exception {
		IssuedToken token = this.people.token(this.people.admin(), RemoteEnds.RIGHT);
		assertThat(this.second.accepts(token.raw().reveal())).isTrue();
		this.jdbc
			.sql("with silent as materialized (select set_config('session_replication_role', 'replica', true)) "
					+ "update api_token set revoked_at = now() from silent where id = :id")
			.param("id", token.details().id())
			.update();
		await().atMost(Duration.ofSeconds(30)).until(() -> !this.second.accepts(token.raw().reveal()));
	}

	@Test
	void aServiceThatIsAddedChangedAndRemovedAtOneIsKnownAtTheOther() throws Exception {
		String name = "r" + UUID.randomUUID();
		String path = "/api/resources/" + name;
		String admin = this.people.raw(this.people.admin(), "resources:read", "resources:write");
		assertThat(this.second.status(path, admin)).isEqualTo(404);
		this.first.change("PUT", path, admin, service(name, scope(name, "read", "null")));
		becomes(200, path, admin);
		await().until(() -> this.catalogue.find(name + ":read") != null);
		String token = this.people.raw(this.people.user(), name + ":*");
		String read = "/forward-auth?resource=%s&scope=%s:read".formatted(name, name);
		String send = "/forward-auth?resource=%s&scope=%s:send".formatted(name, name);
		assertThat(this.second.status(read, token)).isEqualTo(204);
		assertThat(this.second.status(send, token)).isEqualTo(403);
		this.first.change("PUT", path, admin,
				service(name, scope(name, "read", "null") + "," + scope(name, "send", "null")));
		becomes(204, send, token);
		this.first.change("PUT", path, admin,
				service(name, scope(name, "read", "\"2020-01-01T00:00:00Z\"") + "," + scope(name, "send", "null")));
		becomes(403, read, token);
		assertThat(this.second.status(send, token)).isEqualTo(204);
		this.first.change("DELETE", "/api/tokens/current", token, null);
		this.first.change("DELETE", path, admin, null);
		becomes(404, path, admin);
	}

	@Test
	void aTokenThatIsTakenInAtOneIsGoodAtTheOther() throws Exception {
		String key = "imported_" + UUID.randomUUID();
		String admin = this.people.raw(this.people.superuser(), "users:write");
		try {
			assertThat(this.second.status("/api/user", key)).isBetween(400, 401);
			this.first.take("/api/import/keys", admin,
					"email,key,scopes\n%s,%s,user:read\n".formatted(this.people.user().email(), key));
			becomes(200, "/api/user", key);
		}
		finally {
			this.jdbc.sql("delete from api_token where imported_from is not null").update();
			this.events.publishEvent(new TokensImported());
		}
	}

	/** No request that begins later than the longest staleness is answered as before. */
	private void becomes(int status, String path, String token) throws Exception {
		long changedAt = System.nanoTime();
		long begin = changedAt;
		while (this.second.status(path, token) != status) {
			assertThat(begin - changedAt).isLessThanOrEqualTo(STALENESS.toNanos());
			begin = System.nanoTime();
		}
	}

	private static String service(String name, String scopes) {
		return "{\"address\":\"https://%s.example.com\",\"scopes\":[%s]}".formatted(name, scopes);
	}

	private static String scope(String name, String last, String retiredAt) {
		return "{\"name\":\"%s:%s\",\"description\":\"Do it\",\"role\":\"USER\",\"retired_at\":%s}".formatted(name,
				last, retiredAt);
	}

	private String remembered() {
		String token = this.people.raw(this.people.admin(), RemoteEnds.RIGHT);
		await().until(() -> this.second.accepts(token) && this.second.accepts(token));
		return token;
	}

	/** Returns when that was answered. */
	private long revoke(String token) throws Exception {
		this.first.change("DELETE", "/api/tokens/current", token, null);
		return System.nanoTime();
	}

	private void cutAListener() {
		History.pause(Duration.ofSeconds(2));
		this.jdbc.sql("""
				select pg_terminate_backend(pid) from pg_stat_activity
				where application_name = 'latchkey-listener' and datname = current_database() order by random() limit 1
				""").query().listOfRows();
	}

	private RemoteNode node(String name, Path directory, String url) {
		return new RemoteNode(name,
				new ServerProcess(directory.resolve(name + ".log"), this.database, Map.of("SPRING_DATASOURCE_URL", url),
						"--latchkey.cache.enabled=true", "--latchkey.cache.max-staleness=" + STALENESS,
						"--latchkey.cache.max-age=3s"));
	}

}
