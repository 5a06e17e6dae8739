package dev.latchkey.verification;

import java.time.Duration;

import dev.latchkey.caller.Actor;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import dev.latchkey.testing.TestDatabase;
import dev.latchkey.token.IssuedToken;
import dev.latchkey.token.RevocationCause;
import dev.latchkey.token.TokenRevocation;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The database's process that serves a listener stops and goes on, and nothing else does:
 * changes are made, queries are answered, only the listener is told nothing.
 */
@LatchkeyTest
class FrozenListenerTests {

	private static final Duration STALENESS = Duration.ofSeconds(2);

	private static final String NAME = "latchkey-changes-to-freeze";

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

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void isNotBelievedForLongerThanAllowed(boolean byHand) {
		try (Node other = new Node(this.context, this.database.getJdbcUrl() + "?ApplicationName=" + NAME, STALENESS)) {
			IssuedToken token = remembered(other);
			long frozen = serverProcess();
			TestDatabase.signal("STOP", frozen);
			try {
				end(token, byHand);
				long endedAt = System.nanoTime();
				assertThat(other.accepts(token.raw().reveal())).as("believed for a while, since nothing is heard")
					.isTrue();
				assertThat(lastAccepted(other, token) - endedAt).isLessThanOrEqualTo(STALENESS.toNanos());
				assertThat(VerifiedTokenCacheTests.comesTrue(other::isBelieving)).isTrue();
				assertThat(other.accepts(token.raw().reveal())).isFalse();
				assertThat(serverProcess()).as("another process serves a new connection").isNotEqualTo(frozen);
			}
			finally {
				TestDatabase.signal("CONT", frozen);
			}
			assertThat(other.accepts(token.raw().reveal())).isFalse();
			IssuedToken next = remembered(other);
			end(next, byHand);
			assertThat(VerifiedTokenCacheTests.comesTrue(() -> !other.accepts(next.raw().reveal()))).isTrue();
			assertThat(other.isBelieving()).isTrue();
		}
	}

	/** When the last use began that was accepted. */
	static long lastAccepted(Node node, IssuedToken token) {
		long begin = System.nanoTime();
		long last = begin;
		long end = begin + STALENESS.multipliedBy(3).toNanos();
		while (begin < end && node.accepts(token.raw().reveal())) {
			last = begin;
			begin = System.nanoTime();
		}
		return last;
	}

	private IssuedToken remembered(Node node) {
		IssuedToken token = this.people.token(this.people.user(), "user:read");
		assertThat(VerifiedTokenCacheTests.comesTrue(() -> node.isBelieving() && node.accepts(token.raw().reveal())))
			.isTrue();
		return token;
	}

	private void end(IssuedToken token, boolean byHand) {
		if (byHand) {
			this.jdbc.sql("delete from api_token where id = :id").param("id", token.details().id()).update();
		}
		else {
			this.revocation.revoke(Actor.account(token.details().ownerId()), token.details().ownerId(),
					token.details().id(), false, RevocationCause.REQUESTED);
		}
	}

	private long serverProcess() {
		return this.jdbc
			.sql("select pid from pg_stat_activity where application_name = :name order by backend_start desc limit 1")
			.param("name", NAME)
			.query(Long.class)
			.single();
	}

}
