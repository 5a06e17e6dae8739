package dev.latchkey.api;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import dev.latchkey.caller.Actor;
import dev.latchkey.caller.User;
import dev.latchkey.testing.Http;
import dev.latchkey.testing.Http.Answer;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.Locks;
import dev.latchkey.testing.People;
import dev.latchkey.token.IssuedToken;
import dev.latchkey.token.RevocationCause;
import dev.latchkey.token.TokenRevocation;
import dev.latchkey.token.TokenRotation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Changes that meet in the database: none is lost, none leaves a token behind, and nobody
 * sees an error because of the other.
 */
@LatchkeyTest
class CrossingChangesTests {

	@Autowired
	private Http http;

	@Autowired
	private People people;

	@Autowired
	private TokenRotation rotation;

	@Autowired
	private TokenRevocation revocation;

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private TransactionTemplate transaction;

	private final ExecutorService clients = Executors.newFixedThreadPool(2);

	private User owner;

	private String key;

	@BeforeEach
	void makeOwner() {
		this.owner = this.people.user();
		this.key = this.people.raw(this.owner, "*");
	}

	@AfterEach
	void stopClients() {
		this.clients.shutdownNow();
	}

	@RepeatedTest(5)
	void twoTokensRotateEachOther() throws Exception {
		IssuedToken one = this.people.token(this.owner, "*");
		IssuedToken other = this.people.token(this.owner, "*");
		CyclicBarrier start = new CyclicBarrier(2);
		Future<Answer> first = this.clients.submit(rotation(start, one, other));
		Future<Answer> second = this.clients.submit(rotation(start, other, one));
		assertThat(List.of(first.get().status(), second.get().status())).contains(201)
			.allSatisfy((status) -> assertThat(status).isIn(201, 401, 409));
	}

	@Test
	void aRevocationThatMeetsADeadlockIsTriedAgain() throws Exception {
		IssuedToken parent = this.people.token(this.owner, "*");
		UUID child = UUID.fromString(
				this.http.post("/api/tokens", parent.raw().reveal(), "{\"name\":\"child\",\"scopes\":[\"user:read\"]}")
					.<String>json("id"));
		Future<Answer> revocation = this.transaction.execute((status) -> {
			lock(child);
			Future<Answer> revoking = this.clients
				.submit(() -> this.http.delete("/api/tokens/" + parent.details().id() + "?descendants=true", this.key));
			Locks.awaitWaiter(this.jdbc);
			lock(parent.details().id());
			return revoking;
		});
		assertThat(revocation.get().status()).isEqualTo(204);
		assertThat(liveTokens()).isEqualTo(1);
	}

	@Test
	void aTokenIsNotMadeForAnAccountThatIsJustDisabled() throws Exception {
		Future<Answer> issue = this.transaction.execute((status) -> {
			disable();
			Future<Answer> issuing = this.clients.submit(this::issue);
			Locks.awaitWaiter(this.jdbc);
			return issuing;
		});
		assertThat(issue.get().code()).isEqualTo("token_not_active");
		assertThat(liveTokens()).isZero();
	}

	@Test
	void aTokenThatIsRevokedMeanwhileHasNoSuccessor() throws Exception {
		Future<Answer> rotation = whileItIsRevoked(() -> this.http.post("/api/tokens/current/rotate", this.key, null));
		assertThat(rotation.get().code()).isEqualTo("token_not_active");
		assertThat(liveTokens()).isZero();
	}

	@Test
	void aTokenThatIsRevokedMeanwhileMakesNone() throws Exception {
		assertThat(whileItIsRevoked(this::issue).get().code()).isEqualTo("token_not_active");
		assertThat(liveTokens()).isZero();
	}

	@Test
	void whoRevokesAllWaitsForATokenThatIsBeingMade() throws Exception {
		Future<Answer> revocation = this.transaction.execute((status) -> {
			this.people.token(this.owner, "user:read");
			Future<Answer> waiting = this.clients.submit(() -> this.http.delete("/api/tokens", this.key));
			Locks.awaitWaiter(this.jdbc);
			return waiting;
		});
		assertThat(revocation.get().status()).isEqualTo(200);
		assertThat(liveTokens()).isZero();
	}

	@Test
	void whoEndsAFamilyWaitsForASuccessorThatIsBeingMade() throws Exception {
		UUID first = this.people.token(this.owner, "user:read").details().id();
		UUID second = this.rotation.rotate(Actor.account(this.owner.id()), first, null, null)
			.orElseThrow()
			.details()
			.id();
		Future<?> end = this.transaction.execute((status) -> {
			this.rotation.rotate(Actor.account(this.owner.id()), second, null, null);
			Future<?> waiting = this.clients
				.submit(() -> this.revocation.revokeFamily(Actor.SERVER, first, RevocationCause.REUSE));
			Locks.awaitWaiter(this.jdbc);
			return waiting;
		});
		end.get();
		assertThat(liveTokens()).as("the key alone").isEqualTo(1);
	}

	@Test
	void aLoginDoesNotOutliveAnAccountThatIsJustDisabled() throws Exception {
		String login = "{\"email\":\"%s\",\"password\":\"%s\",\"token_name\":\"shell\"}".formatted(this.owner.email(),
				People.PASSWORD);
		Future<Answer> answer = this.transaction.execute((status) -> {
			disable();
			Future<Answer> waiting = this.clients.submit(() -> this.http.post("/api/login", login));
			Locks.awaitWaiter(this.jdbc);
			return waiting;
		});
		assertThat(answer.get().status()).isEqualTo(422);
		assertThat(liveTokens()).isZero();
	}

	@Test
	void aRotationDoesNotOutliveAnAccountThatIsJustDisabled() throws Exception {
		Future<Answer> rotation = this.transaction.execute((status) -> {
			disable();
			Future<Answer> waiting = this.clients
				.submit(() -> this.http.post("/api/tokens/current/rotate", this.key, null));
			Locks.awaitWaiter(this.jdbc);
			return waiting;
		});
		assertThat(rotation.get().code()).isEqualTo("token_not_active");
		assertThat(liveTokens()).isZero();
	}

	@Test
	void whoDisablesAnAccountWaitsForATokenThatIsBeingMade() throws Exception {
		Future<?> disabling = this.transaction.execute((status) -> {
			this.people.token(this.owner, "user:read");
			Future<?> waiting = this.clients.submit(this::disable);
			Locks.awaitWaiter(this.jdbc);
			return waiting;
		});
		disabling.get();
		assertThat(liveTokens()).isZero();
	}

	@RepeatedTest(3)
	void oneOfTwoDeletionsOfAnAccountFindsNothing() throws Exception {
		String admin = this.people.raw(this.people.admin(), "*");
		CyclicBarrier start = new CyclicBarrier(2);
		Callable<Integer> deletion = () -> {
			start.await();
			return this.http.delete("/api/users/" + this.owner.id(), admin).status();
		};
		Future<Integer> one = this.clients.submit(deletion);
		Future<Integer> other = this.clients.submit(deletion);
		assertThat(List.of(one.get(), other.get())).containsExactlyInAnyOrder(204, 404);
	}

	private Callable<Answer> rotation(CyclicBarrier start, IssuedToken by, IssuedToken rotated) {
		return () -> {
			start.await();
			return this.http.post("/api/tokens/%s/rotate".formatted(rotated.details().id()), by.raw().reveal(), null);
		};
	}

	/** The request waits for the account, and the token ends before it goes on. */
	private Future<Answer> whileItIsRevoked(Callable<Answer> request) {
		return this.transaction.execute((status) -> {
			this.jdbc.sql("select take_account(?)").param(this.owner.id()).query((row, number) -> 1).single();
			Future<Answer> waiting = this.clients.submit(request);
			Locks.awaitWaiter(this.jdbc);
			this.revocation.revokeAll(Actor.account(this.owner.id()), this.owner.id(), RevocationCause.REQUESTED);
			return waiting;
		});
	}

	private Answer issue() {
		return this.http.post("/api/tokens", this.key, "{\"name\":\"late\",\"scopes\":[\"user:read\"]}");
	}

	private void disable() {
		this.people.disable(this.owner);
	}

	private void lock(UUID token) {
		this.jdbc.sql("select id from api_token where id = ? for update").param(token).query(UUID.class).single();
	}

	private long liveTokens() {
		return this.jdbc.sql("select count(*) from api_token where owner_id = ? and revoked_at is null")
			.param(this.owner.id())
			.query(Long.class)
			.single();
	}

}
