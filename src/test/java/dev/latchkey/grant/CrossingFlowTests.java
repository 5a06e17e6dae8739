package dev.latchkey.grant;

import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import dev.latchkey.account.RawPassword;
import dev.latchkey.caller.Actor;
import dev.latchkey.caller.User;
import dev.latchkey.client.Client;
import dev.latchkey.client.ClientCache;
import dev.latchkey.scope.Scopes;
import dev.latchkey.testing.Apps;
import dev.latchkey.testing.AtOnce;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.Locks;
import dev.latchkey.testing.People;
import dev.latchkey.testing.Pkce;
import dev.latchkey.token.TokenDigest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Flows that meet the end of an account or of an application in the database. Whoever
 * comes second waits for the account and holds nothing yet that the first one wants:
 * neither of them is broken off.
 */
@LatchkeyTest
class CrossingFlowTests {

	@Autowired
	private People people;

	@Autowired
	private ClientCache clients;

	@Autowired
	private Apps apps;

	@Autowired
	private PasswordFlow passwords;

	@Autowired
	private RefreshFlow refreshes;

	@Autowired
	private CodeFlow codes;

	@Autowired
	private AuthorizationStore authorizations;

	@Autowired
	private TransactionTemplate transaction;

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private Clock clock;

	private final ExecutorService thread = Executors.newSingleThreadExecutor();

	private User user;

	private Client client;

	@BeforeEach
	void registerClient() {
		this.user = this.people.user();
		this.client = this.clients.find(this.apps.own(this.user).id()).orElseThrow();
	}

	@AfterEach
	void stopThread() {
		this.thread.shutdownNow();
	}

	@Test
	void aRefreshDoesNotOutliveAnAccountThatIsJustDisabled() throws Exception {
		String refresh = refreshToken();
		Future<Optional<TokenPair>> answer = meet(() -> redeem(refresh), this::disable);
		assertThat(answer.get()).isEmpty();
		assertThat(liveTokens()).isZero();
	}

	@Test
	void aRefreshThatWaitsForTheAccountHoldsNoToken() throws Exception {
		String refresh = refreshToken();
		Future<Optional<TokenPair>> answer = meet(() -> redeem(refresh), () -> lockAtOnce("api_token"));
		assertThat(answer.get()).isPresent();
	}

	@Test
	void aReuseThatWaitsForTheAccountHoldsNoToken() throws Exception {
		String refresh = refreshToken();
		redeem(refresh);
		Future<Optional<TokenPair>> answer = meet(() -> this.refreshes.redeem(Actor.GUEST, this.client, refresh, null,
				null, new RedemptionAttempt(System.nanoTime(), false)), () -> lockAtOnce("api_token"));
		assertThat(answer.get()).isEmpty();
		assertThat(liveTokens()).isZero();
	}

	@Test
	void twoReusesAtOnceAreNotInEachOthersWay() throws Exception {
		String refresh = refreshToken();
		redeem(refresh);
		assertThat(AtOnce.call(4,
				() -> this.refreshes.redeem(Actor.GUEST, this.client, refresh, null, null,
						new RedemptionAttempt(System.nanoTime(), false))))
			.allSatisfy((answer) -> assertThat(answer).isEmpty());
		assertThat(liveTokens()).isZero();
	}

	@Test
	void aCodeThatWaitsForTheAccountIsNotHeld() throws Exception {
		String code = UUID.randomUUID().toString();
		this.authorizations.save(new AuthorizationRow(UUID.randomUUID(), this.client.id(), this.user.id(), null,
				this.clock.instant(), null, new AskedRights(Scopes.of("user:read"), Scopes.of("user:read"), null), null,
				null, Pkce.CHALLENGE), null, TokenDigest.of(code));
		Future<Optional<TokenPair>> answer = meet(() -> this.codes.redeem(Actor.GUEST, this.client, code, Pkce.VERIFIER,
				null, null, new RedemptionAttempt(System.nanoTime(), true)), () -> lockAtOnce("oauth_authorization"));
		assertThat(answer.get()).isPresent();
	}

	/** The account is held, the flow waits for it, and what the flow holds is wanted. */
	private <T> Future<T> meet(Callable<T> flow, Runnable change) {
		return this.transaction.execute((status) -> {
			this.jdbc.sql("select take_account(?)").param(this.user.id()).query((row, number) -> 1).single();
			Future<T> waiting = this.thread.submit(flow);
			Locks.awaitWaiter(this.jdbc);
			change.run();
			return waiting;
		});
	}

	private Optional<TokenPair> redeem(String refresh) {
		return this.refreshes.redeem(Actor.GUEST, this.client, refresh, null, null,
				new RedemptionAttempt(System.nanoTime(), true));
	}

	private String refreshToken() {
		return this.passwords
			.signIn(Actor.GUEST, this.client, this.user.email(), new RawPassword(People.PASSWORD),
					Scopes.of(Scopes.ALL))
			.orElseThrow()
			.refresh()
			.raw()
			.reveal();
	}

	private void disable() {
		this.people.disable(this.user);
	}

	/** Fails where somebody else holds one of them. */
	private void lockAtOnce(String table) {
		assertThat(this.jdbc.sql("select id from %s where owner_id = ? for update nowait".formatted(table))
			.param(this.user.id())
			.query(UUID.class)
			.list()).isNotEmpty();
	}

	private long liveTokens() {
		return this.jdbc.sql("select count(*) from api_token where owner_id = ? and revoked_at is null")
			.param(this.user.id())
			.query(Long.class)
			.single();
	}

}
