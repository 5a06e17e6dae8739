package dev.latchkey.grant;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import dev.latchkey.account.UserService;
import dev.latchkey.caller.Actor;
import dev.latchkey.caller.Caller;
import dev.latchkey.caller.User;
import dev.latchkey.client.ClientCache;
import dev.latchkey.client.ClientRemoval;
import dev.latchkey.client.SecretReplacement;
import dev.latchkey.scope.Role;
import dev.latchkey.testing.App;
import dev.latchkey.testing.Apps;
import dev.latchkey.testing.Http;
import dev.latchkey.testing.Http.Answer;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.Locks;
import dev.latchkey.testing.People;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A token is being made, somebody comes to take a right away, and then somebody else
 * comes to make another token: who came first is served first, or makers without end
 * would delay the end for ever.
 */
@LatchkeyTest
class ServedInTurnTests {

	private static final String TOKEN = "{\"name\":\"late\",\"scopes\":[\"user:read\"]}";

	@Autowired
	private Http http;

	@Autowired
	private People people;

	@Autowired
	private UserService users;

	@Autowired
	private ClientCache clients;

	@Autowired
	private Apps apps;

	@Autowired
	private ClientRemoval removal;

	@Autowired
	private SecretReplacement secrets;

	@Autowired
	private ApplicationWithdrawal withdrawal;

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private TransactionTemplate transaction;

	private final ExecutorService threads = Executors.newFixedThreadPool(2);

	private App app;

	private User user;

	private Caller superuser;

	private UUID client;

	private String access;

	@BeforeEach
	void letAnApplicationAct() {
		this.user = this.people.user();
		this.superuser = this.people.signedIn(this.people.superuser());
		this.app = this.apps.own(this.user);
		this.client = this.clients.find(this.app.id()).orElseThrow().id();
		this.access = this.app.signIn(this.user).json("access_token");
	}

	@AfterEach
	void stopThreads() {
		this.threads.shutdownNow();
	}

	@Test
	void whoWithdrawsConsent() throws Exception {
		Answer late = inTurn(this::lockTokens,
				() -> this.withdrawal.withdraw(Actor.account(this.user.id()), this.client),
				() -> this.http.post("/api/tokens", this.access, TOKEN));
		assertThat(late.code()).isEqualTo("token_not_active");
	}

	@Test
	void whoRemovesAClientWhoseTokenMakesOthers() throws Exception {
		Answer late = inTurn(this::lockTokens, () -> this.removal.remove(this.superuser.actor(), this.client),
				() -> this.http.post("/api/tokens", this.access, TOKEN));
		assertThat(late.code()).isEqualTo("token_not_active");
	}

	@Test
	void whoRemovesAClientThatGetsTokens() throws Exception {
		Answer late = inTurn(this::lockClient, () -> this.removal.remove(this.superuser.actor(), this.client),
				this::clientCredentials);
		assertThat(late.status()).as(late.body()).isNotEqualTo(200);
	}

	/** Whoever has shown the old secret before was there in time. */
	@Test
	void whoReplacesTheSecretOfAClientThatGetsTokens() throws Exception {
		inTurn(this::lockClient, () -> this.secrets.replace(this.superuser.actor(), this.client),
				this::clientCredentials);
		assertThat(clientCredentials().status()).isEqualTo(401);
	}

	@Test
	void whoDemotesAnAdministratorWhileTokensAreMadeForAnother() throws Exception {
		User demoted = this.people.superuser();
		User other = this.people.superuser();
		String token = this.people.raw(other, "*");
		Answer late = inTurn(() -> lockAccount(other.id()), () -> this.people.setRoles(demoted, Role.USER),
				() -> this.http.post("/api/tokens", token, TOKEN));
		assertThat(late.status()).isEqualTo(201);
		assertThat(this.users.find(demoted.id()).orElseThrow().roles()).containsExactly(Role.USER);
	}

	private <T> T inTurn(Runnable maker, Runnable end, Callable<T> later) throws Exception {
		List<Future<?>> ending = new ArrayList<>();
		Future<T> late = this.transaction.execute((status) -> {
			maker.run();
			ending.add(this.threads.submit(end));
			Locks.awaitWaiter(this.jdbc);
			Future<T> waiting = this.threads.submit(later);
			Locks.awaitWaiters(this.jdbc, 2);
			return waiting;
		});
		ending.get(0).get();
		return late.get();
	}

	private void lockTokens() {
		lockAccount(this.user.id());
		this.jdbc.sql("select 1 from api_token where owner_id = ? for share")
			.param(this.user.id())
			.query()
			.listOfRows();
	}

	private void lockAccount(UUID account) {
		this.jdbc.sql("select 1 from hold_account(?)").param(account).query().listOfRows();
		this.jdbc.sql("select 1 from app_user where id = ? for share").param(account).query().listOfRows();
	}

	private void lockClient() {
		this.jdbc.sql("select 1 from hold_client(?)").param(this.client).query().listOfRows();
		this.jdbc.sql("select 1 from oauth_client where id = ? for share").param(this.client).query().listOfRows();
	}

	private Answer clientCredentials() {
		return this.app.token("grant_type", "client_credentials");
	}

}
