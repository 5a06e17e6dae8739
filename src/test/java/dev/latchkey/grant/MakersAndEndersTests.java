package dev.latchkey.grant;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import dev.latchkey.caller.Actor;
import dev.latchkey.caller.User;
import dev.latchkey.client.ClientCache;
import dev.latchkey.client.RegisteredSecret;
import dev.latchkey.scope.Scopes;
import dev.latchkey.testing.App;
import dev.latchkey.testing.Apps;
import dev.latchkey.testing.ClientRequest;
import dev.latchkey.testing.Http;
import dev.latchkey.testing.Http.Answer;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import dev.latchkey.testing.Pkce;
import dev.latchkey.token.IssuedToken;
import dev.latchkey.token.TokenDigest;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.resilience.retry.MethodRetryEvent;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Everybody who makes tokens of an account does so in a loop, and somebody ends them: he
 * is answered at once, what he ended has ended, and nobody was broken off because two of
 * them took their locks in different orders.
 */
@LatchkeyTest
class MakersAndEndersTests {

	/** How many answers the makers have had when somebody comes, and have afterwards. */
	private static final int ENOUGH = 40;

	@Autowired
	private Http http;

	@Autowired
	private People people;

	@Autowired
	private ClientCache clients;

	@Autowired
	private Apps apps;

	@Autowired
	private AuthorizationStore authorizations;

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private Clock clock;

	@Autowired
	private ConfigurableApplicationContext context;

	private final Queue<Throwable> brokenOff = new ConcurrentLinkedQueue<>();

	private final Queue<String> failures = new ConcurrentLinkedQueue<>();

	private final AtomicInteger answers = new AtomicInteger();

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final ApplicationListener<MethodRetryEvent> listener = (event) -> {
		if (event.getFailure() instanceof ConcurrencyFailureException failure) {
			this.brokenOff.add(failure);
		}
	};

	private volatile boolean stopped;

	@AfterEach
	void stop() {
		this.threads.shutdownNow();
		this.context.removeApplicationListener(this.listener);
	}

	@TestFactory
	Stream<DynamicTest> whoeverEndsTokensIsAnsweredWhileTheyAreMade() {
		this.context.addApplicationListener(this.listener);
		return enders().entrySet()
			.stream()
			.map((ender) -> DynamicTest.dynamicTest(ender.getKey(), () -> assertEnds(ender.getValue())));
	}

	private void assertEnds(Ender ender) throws Exception {
		Account account = new Account();
		this.stopped = false;
		this.answers.set(0);
		this.brokenOff.clear();
		List<Future<?>> running = new ArrayList<>();
		for (Runnable maker : account.makers()) {
			running.add(this.threads.submit(() -> loop(maker)));
		}
		awaitAnswers(ENOUGH);
		Instant began = this.clock.instant();
		Answer answer = ender.end(account);
		int sofar = this.answers.get();
		awaitAnswers(sofar + ENOUGH);
		this.stopped = true;
		for (Future<?> maker : running) {
			maker.get();
		}
		assertThat(answer.status()).as(answer.body()).isBetween(200, 204);
		assertThat(this.failures).isEmpty();
		assertThat(this.brokenOff).as("changes that others broke off").isEmpty();
		assertThat(alive(account.user.id(), ender.what(account), began)).as("tokens from before").isZero();
	}

	private void loop(Runnable maker) {
		while (!this.stopped) {
			maker.run();
		}
	}

	private void awaitAnswers(int wanted) {
		Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> this.answers.get() >= wanted);
	}

	private long alive(UUID owner, String what, Instant before) {
		return this.jdbc
			.sql("select count(*) from api_token where owner_id = :owner and created_at < :before"
					+ " and (revoked_at is null or revoked_at > :now) and " + what)
			.param("owner", owner)
			.param("before", OffsetDateTime.ofInstant(before, ZoneOffset.UTC))
			.param("now", OffsetDateTime.ofInstant(this.clock.instant(), ZoneOffset.UTC))
			.query(Long.class)
			.single();
	}

	private Map<String, Ender> enders() {
		Map<String, Ender> enders = new LinkedHashMap<>();
		enders.put("disabling the account",
				(account) -> this.http.patch(account.path(), account.superuser, "{\"enabled\":false}"));
		enders.put("setting another's password", (account) -> this.http.patch(account.path(), account.superuser,
				"{\"password\":\"wholly different words\"}"));
		enders.put("ending all tokens of another",
				(account) -> this.http.delete(account.path() + "/tokens", account.superuser));
		enders.put("signing out everywhere", (account) -> this.http.post("/api/logout", account.key, "{\"all\":true}"));
		enders.put("deleting the account", (account) -> this.http.delete(account.path(), account.superuser));
		enders.put("removing the application", new Ender() {

			@Override
			public Answer end(Account account) {
				return MakersAndEndersTests.this.http.delete("/api/clients/" + account.client, account.superuser);
			}

			@Override
			public String what(Account account) {
				return "client_id = '%s'".formatted(account.own.id());
			}

		});
		enders.put("withdrawing consent", new Ender() {

			@Override
			public Answer end(Account account) {
				return account.withdraw();
			}

			@Override
			public String what(Account account) {
				return "client_id = '%s'".formatted(account.own.id());
			}

		});
		enders.put("revoking a token", new Ender() {

			@Override
			public Answer end(Account account) {
				return MakersAndEndersTests.this.http
					.delete("/api/tokens/%s?descendants=true".formatted(account.makerId), account.key);
			}

			@Override
			public String what(Account account) {
				return "'%s' in (id, parent_id)".formatted(account.makerId);
			}

		});
		enders.put("reporting a leaked token", new Ender() {

			@Override
			public Answer end(Account account) {
				return MakersAndEndersTests.this.http.post("/api/tokens/revoke",
						"{\"tokens\":[\"%s\"]}".formatted(account.maker));
			}

			@Override
			public String what(Account account) {
				// What the clients hold that it registered has ended as well.
				return """
						('%1$s' in (id, parent_id)
						    or client_id in (select client_id from oauth_client where made_with = '%1$s'))
						""".formatted(account.makerId);
			}

		});
		return enders;
	}

	/** What somebody does. */
	private interface Ender {

		Answer end(Account account);

		/** Which tokens end, by SQL. */
		default String what(Account account) {
			return "true";
		}

	}

	/** An account and all that makes tokens for it. */
	private final class Account {

		private final User user = MakersAndEndersTests.this.people.admin();

		private final String superuser = MakersAndEndersTests.this.people
			.raw(MakersAndEndersTests.this.people.superuser(), "*");

		private final String key = MakersAndEndersTests.this.people.raw(this.user, "*");

		private final String maker;

		private final UUID makerId;

		private final App own;

		private final UUID client;

		private final RegisteredSecret app = MakersAndEndersTests.this.apps.register(ClientRequest.named("Some App")
			.redirectingTo("https://app.example/callback")
			.allowed("user:read")
			.by("authorization_code", "refresh_token"));

		private Account() {
			IssuedToken made = MakersAndEndersTests.this.people.token(this.user, "*");
			this.maker = made.raw().reveal();
			this.makerId = made.details().id();
			this.own = MakersAndEndersTests.this.apps.own(this.user);
			this.client = MakersAndEndersTests.this.clients.find(this.own.id()).orElseThrow().id();
		}

		private String path() {
			return "/api/users/" + this.user.id();
		}

		private List<Runnable> makers() {
			return List.of(refreshes(), refreshes(), refreshes(), this::redeemCode, this::credentials, this::create,
					this::register, rotations(), exchanges());
		}

		private Runnable refreshes() {
			String[] refresh = { signIn().json("refresh_token") };
			return () -> {
				Answer answer = ownToken("grant_type", "refresh_token", "refresh_token", refresh[0]);
				if (answer.status() == 200) {
					refresh[0] = answer.json("refresh_token");
				}
			};
		}

		private Answer signIn() {
			return this.own.signIn(this.user);
		}

		private void redeemCode() {
			String code = UUID.randomUUID().toString();
			try {
				MakersAndEndersTests.this.authorizations.save(new AuthorizationRow(UUID.randomUUID(),
						this.app.client().id(), this.user.id(), null, MakersAndEndersTests.this.clock.instant(), null,
						new AskedRights(Scopes.of("user:read"), Scopes.of("user:read"), null), null, null,
						Pkce.CHALLENGE), null, TokenDigest.of(code));
			}
			catch (DataAccessException ex) {
				// The account or the application is gone, and so is its code.
			}
			note(MakersAndEndersTests.this.apps.of(this.app)
				.token("grant_type", "authorization_code", "code", code, "code_verifier", Pkce.VERIFIER));
		}

		private void credentials() {
			ownToken("grant_type", "client_credentials");
		}

		private void create() {
			note(MakersAndEndersTests.this.http.post("/api/tokens", this.maker,
					"{\"name\":\"made\",\"scopes\":[\"user:read\"]}"));
		}

		/** What the client gets is the registering token's doing, too. */
		private void register() {
			Answer made = note(MakersAndEndersTests.this.http.post("/api/clients", this.maker,
					"{\"name\":\"made\",\"scopes\":[\"user:read\"],\"grant_types\":[\"client_credentials\"]}"));
			if (made.status() == 201) {
				note(MakersAndEndersTests.this.http.postForm("/oauth2/token", null, "grant_type", "client_credentials",
						"client_id", made.json("client_id"), "client_secret", made.json("client_secret")));
			}
		}

		private Runnable rotations() {
			String[] token = { MakersAndEndersTests.this.people.raw(this.user, "*") };
			return () -> {
				Answer answer = note(MakersAndEndersTests.this.http.post("/api/tokens/current/rotate", token[0], null));
				if (answer.status() == 201) {
					token[0] = answer.json("token");
				}
			};
		}

		private Runnable exchanges() {
			String subject = signIn().json("access_token");
			return () -> ownToken("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange", "subject_token",
					subject, "subject_token_type", "urn:ietf:params:oauth:token-type:access_token");
		}

		private Answer withdraw() {
			MakersAndEndersTests.this.context.getBean(ApplicationWithdrawal.class)
				.withdraw(Actor.account(this.user.id()), this.client);
			return MakersAndEndersTests.this.http.get("/api/scopes", this.key);
		}

		private Answer ownToken(String... form) {
			return note(this.own.token(form));
		}

		private Answer note(Answer answer) {
			MakersAndEndersTests.this.answers.incrementAndGet();
			if (answer.status() >= 500) {
				MakersAndEndersTests.this.failures.add(answer.status() + " " + answer.body());
			}
			return answer;
		}

	}

}
