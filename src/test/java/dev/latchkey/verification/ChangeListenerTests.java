package dev.latchkey.verification;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

import dev.latchkey.caller.Actor;
import dev.latchkey.caller.User;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import dev.latchkey.testing.StatementCounter;
import dev.latchkey.testing.ToldChanges;
import dev.latchkey.token.IssuedToken;
import dev.latchkey.token.RevocationCause;
import dev.latchkey.token.TokenRevocation;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Another node hears of what happens here, and knows when it does not.
 */
@LatchkeyTest
class ChangeListenerTests {

	private static final Duration STALENESS = Duration.ofSeconds(1);

	@Autowired
	private ApplicationContext context;

	@Autowired
	private JdbcConnectionDetails database;

	@Autowired
	private People people;

	@Autowired
	private TokenRevocation revocation;

	@Autowired
	private JdbcClient jdbc;

	@Test
	void anotherNodeHearsOfARevocation() {
		try (Node other = new Node(this.context, null)) {
			IssuedToken token = remembered(other);
			revoke(token);
			assertThat(VerifiedTokenCacheTests.comesTrue(() -> !other.accepts(token.raw().reveal()))).isTrue();
		}
	}

	@Test
	void aListenerWhoseConnectionIsCutForgetsWhatItKnew() throws IOException {
		try (Network network = network(); Node other = behind(network)) {
			IssuedToken token = remembered(other);
			network.swallow(true);
			network.cut();
			assertThat(VerifiedTokenCacheTests.comesTrue(() -> !other.isBelieving())).isTrue();
			network.swallow(false);
			delete(token);
			assertThat(VerifiedTokenCacheTests.comesTrue(other::isBelieving)).isTrue();
			assertThat(other.accepts(token.raw().reveal())).isFalse();
		}
	}

	@Test
	void withANetworkThatSwallowsEverythingNothingIsBelievedForLongerThanAllowed() throws IOException {
		try (Network network = network(); Node other = behind(network)) {
			IssuedToken token = remembered(other);
			network.swallow(true);
			delete(token);
			long deletedAt = System.nanoTime();
			long lastAccepted = FrozenListenerTests.lastAccepted(other, token);
			assertThat(lastAccepted - deletedAt).isLessThanOrEqualTo(STALENESS.toNanos());
			assertThat(other.isBelieving()).isFalse();
			network.swallow(false);
			assertThat(VerifiedTokenCacheTests.comesTrue(other::isBelieving)).isTrue();
			assertThat(other.accepts(token.raw().reveal())).isFalse();
		}
	}

	@Test
	void aListenerThatIsStoppedIsNotBelieved() {
		Node other = new Node(this.context, null);
		IssuedToken token = remembered(other);
		other.close();
		assertThat(other.isBelieving()).isFalse();
		revoke(token);
		assertThat(other.accepts(token.raw().reveal())).isFalse();
	}

	@Test
	void newTokensAndUsesTellNobody() throws SQLException {
		assertThat(told((statement) -> {
			User owner = this.people.user();
			IssuedToken token = this.people.token(owner, "user:read");
			statement.executeUpdate("update api_token set last_used_at = now(), last_used_ip = '::1' where id = '"
					+ token.details().id() + "'");
		})).isEmpty();
	}

	@Test
	void aChangeOfManyRowsIsToldAsOne() throws SQLException {
		User owner = this.people.user();
		UUID first = this.people.token(owner, "user:read").details().id();
		this.jdbc
			.sql("""
					insert into api_token (id, owner_id, created_at, digest, kind, hint, name, scopes)
					select gen_random_uuid(), owner_id, created_at, sha256(digest || n::text::bytea), kind, hint, name, scopes
					from api_token, generate_series(1, 2000) n where id = :id
					""")
			.param("id", first)
			.update();
		assertThat(told((statement) -> statement
			.executeUpdate("update api_token set revoked_at = now() where owner_id = '" + owner.id() + "'")))
			.contains("*")
			.hasSizeLessThanOrEqualTo(101);
		assertThat(told(
				(statement) -> statement.executeUpdate("update api_token set name = 'x' where id = '" + first + "'")))
			.containsExactly(first.toString());
	}

	@Test
	void aChangeOfAnAccountIsToldOnceAndOnlyWhereTokensKnowOfIt() throws SQLException {
		User owner = this.people.user();
		for (String change : List.of("name = 'x'", "roles = 'GUEST'", "enabled = false", "email = 'x-' || email")) {
			assertThat(told((statement) -> statement
				.executeUpdate("update app_user set %s where id = '%s'".formatted(change, owner.id())))).as(change)
				.containsExactly(owner.id().toString());
		}
		assertThat(told((statement) -> statement.executeUpdate("""
				update app_user set name = name, roles = 'GUEST', enabled = false, password_version = 7 where id = '%s'
				""".formatted(owner.id())))).isEmpty();
		assertThat(told((statement) -> statement.executeUpdate("delete from app_user where id = '" + owner.id() + "'")))
			.containsExactly(owner.id().toString());
	}

	/** A hundred are told one by one, and each of them counts once. */
	@Test
	void ninetyAccountsAreToldOneByOne() throws SQLException {
		List<String> ids = this.jdbc.sql("""
				insert into app_user (id, email, name, password_hash, roles, enabled, created_at)
				select id, id || '@example.com', 'x', 'none', 'USER', true, now()
				from (select gen_random_uuid() as id from generate_series(1, 90)) made
				returning id::text
				""").query(String.class).list();
		String them = String.join("', '", ids);
		assertThat(told((statement) -> statement
			.executeUpdate("update app_user set enabled = false where id in ('" + them + "')")))
			.containsExactlyInAnyOrderElementsOf(ids);
		this.jdbc.sql("delete from app_user where id in ('" + them + "')").update();
	}

	@Test
	void pruningWhatHasEndedLongAgoTellsNobody() throws SQLException {
		User owner = this.people.user();
		UUID token = this.people.token(owner, "user:read").details().id();
		this.jdbc.sql("update api_token set expires_at = now() - interval '2 hours' where id = :id")
			.param("id", token)
			.update();
		assertThat(told((statement) -> statement.executeUpdate("delete from api_token where id = '" + token + "'")))
			.isEmpty();
	}

	@Test
	void aRefusedTokenIsOneQueryOnANodeThatBelievesNothing() {
		Node other = new Node(this.context, null);
		other.close();
		String token = this.people.raw(this.people.user(), "user:read");
		assertThat(StatementCounter.during(() -> assertThat(other.accepts(token)).isTrue())).hasSize(1);
		assertThat(StatementCounter.during(() -> assertThat(other.accepts(token)).isTrue())).hasSize(1);
	}

	private IssuedToken remembered(Node node) {
		assertThat(VerifiedTokenCacheTests.comesTrue(node::isBelieving)).isTrue();
		IssuedToken token = this.people.token(this.people.user(), "user:read");
		assertThat(node.accepts(token.raw().reveal())).isTrue();
		assertThat(VerifiedTokenCacheTests.comesTrue(
				() -> StatementCounter.during(() -> assertThat(node.accepts(token.raw().reveal())).isTrue()).isEmpty()))
			.isTrue();
		return token;
	}

	private void revoke(IssuedToken token) {
		this.revocation.revoke(Actor.account(token.details().ownerId()), token.details().ownerId(),
				token.details().id(), false, RevocationCause.REQUESTED);
	}

	private void delete(IssuedToken token) {
		this.jdbc.sql("delete from api_token where id = :id").param("id", token.details().id()).update();
	}

	private Network network() throws IOException {
		return new Network(this.database);
	}

	private Node behind(Network network) {
		return new Node(this.context, network.url(), STALENESS);
	}

	/** What is told from the beginning of a change until after its commit. */
	private List<String> told(ToldChanges.Change change) throws SQLException {
		return ToldChanges.during(this.database, change);
	}

}
