package dev.latchkey.token;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import dev.latchkey.account.UserService;
import dev.latchkey.caller.Actor;
import dev.latchkey.caller.Credential;
import dev.latchkey.caller.User;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.Locks;
import dev.latchkey.testing.People;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whoever ends tokens is served before makers of tokens who come later, however many of
 * them come: the one who is making a token when he comes is the last that he waits for.
 */
@LatchkeyTest
class FairLockTests {

	@Autowired
	private People people;

	@Autowired
	private TokenIssuer issuer;

	@Autowired
	private TokenRotation rotation;

	@Autowired
	private TokenEditor editor;

	@Autowired
	private TokenRevocation revocation;

	@Autowired
	private UserService users;

	@Autowired
	private TransactionTemplate transaction;

	@Autowired
	private JdbcClient jdbc;

	private final ExecutorService threads = Executors.newCachedThreadPool();

	@AfterEach
	void stopThreads() {
		this.threads.shutdownNow();
	}

	@TestFactory
	Stream<DynamicTest> whoEndsTokensIsServedBeforeMakersWhoComeLater() {
		return enders().entrySet()
			.stream()
			.flatMap((ender) -> makers().entrySet()
				.stream()
				.map((maker) -> DynamicTest.dynamicTest(ender.getKey() + " while tokens are made " + maker.getKey(),
						() -> assertServedFirst(ender.getValue(), maker.getValue()))));
	}

	private void assertServedFirst(Act ender, Act maker) throws Exception {
		User owner = this.people.user();
		IssuedToken token = this.people.token(owner, "*");
		List<Future<?>> waiting = this.transaction.execute((status) -> {
			maker.on(owner, token);
			Future<?> ending = this.threads.submit(() -> ender.on(owner, token));
			Locks.awaitWaiter(this.jdbc);
			Future<?> late = this.threads.submit(() -> maker.on(owner, token));
			Locks.awaitWaiters(this.jdbc, 2);
			assertThat(late.isDone()).as("a maker goes past who ends tokens").isFalse();
			return List.of(ending, late);
		});
		waiting.get(0).get();
		assertThat(endOf(token)).as("what was to end has ended, or is gone").isNotEqualTo("alive");
	}

	private Map<String, Act> makers() {
		return new TreeMap<>(Map.of("at the page", (owner, token) -> issue(Actor.account(owner.id())), "with the token",
				(owner, token) -> issue(Actor.account(owner.id()).with(Credential.token(token.details().id())))));
	}

	private Map<String, Act> enders() {
		Map<String, Act> enders = new TreeMap<>();
		enders.put("revoking by id", (owner, token) -> this.revocation.revoke(Actor.account(owner.id()), owner.id(),
				token.details().id(), true, RevocationCause.REQUESTED));
		enders.put("revoking all", (owner, token) -> this.revocation.revokeAll(Actor.account(owner.id()), owner.id(),
				RevocationCause.LOGOUT));
		enders.put("revoking by possession", (owner, token) -> this.revocation.revokeByPossession(Actor.GUEST,
				List.of(token.raw()), RevocationCause.LEAKED));
		enders.put("revoking by hash",
				(owner, token) -> this.revocation.revokeByDigest(Actor.GUEST, TokenDigest.of(token.raw()), null));
		enders.put("ending a family", (owner, token) -> this.revocation.revokeFamily(Actor.SERVER, token.details().id(),
				RevocationCause.REUSE));
		enders.put("rotating without grace",
				(owner, token) -> this.rotation.rotate(Actor.account(owner.id()), token.details().id(), null, null));
		enders.put("narrowing", (owner, token) -> this.editor.change(this.people.signedIn(owner).actor(),
				token.details().id(), new TokenChange(null, List.of("user:read"), null, null)));
		enders.put("disabling the account", (owner, token) -> this.people.disable(owner));
		enders.put("setting the password", (owner, token) -> this.people.setPassword(owner, "wholly different words"));
		enders.put("deleting the account", (owner, token) -> this.users.delete(Actor.SERVER, owner.id()));
		return enders;
	}

	private void issue(Actor maker) {
		this.issuer.issue(maker, NewToken.of("made", "user:read"));
	}

	private String endOf(IssuedToken token) {
		return this.jdbc
			.sql("select case when revoked_at is null and scopes = '*' then 'alive' else 'ended' end"
					+ " from api_token where id = ?")
			.param(token.details().id())
			.query(String.class)
			.optional()
			.orElse("gone");
	}

	/** What somebody does to an account or to its token. */
	private interface Act {

		void on(User owner, IssuedToken token);

	}

}
