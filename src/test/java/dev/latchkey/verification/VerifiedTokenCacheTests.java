package dev.latchkey.verification;

import java.net.InetAddress;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import dev.latchkey.caller.Actor;
import dev.latchkey.caller.User;
import dev.latchkey.scope.Role;
import dev.latchkey.scope.Scopes;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import dev.latchkey.testing.StatementCounter;
import dev.latchkey.testing.TestClock;
import dev.latchkey.testing.TokenRequest;
import dev.latchkey.token.IssuedToken;
import dev.latchkey.token.Lineage;
import dev.latchkey.token.RevocationCause;
import dev.latchkey.token.TokenDigest;
import dev.latchkey.token.TokenFormat;
import dev.latchkey.token.TokenGrant;
import dev.latchkey.token.TokenIssuer;
import dev.latchkey.token.TokenKind;
import dev.latchkey.token.TokenRevocation;
import dev.latchkey.token.TokenTerms;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What is answered from memory, and what never is.
 */
@LatchkeyTest
@TestPropertySource(properties = "latchkey.cache.enabled=true")
class VerifiedTokenCacheTests {

	private static final Duration MAX_AGE = Duration.ofHours(1);

	private VerifiedTokenCache aging;

	@Autowired
	private TokenVerifier verifier;

	@Autowired
	private TokenLoader loader;

	@Autowired
	private ListenerPulse pulse;

	@Autowired
	private TokenRevocation revocation;

	@Autowired
	private TokenIssuer issuer;

	@Autowired
	private TokenFormat format;

	@Autowired
	private LastUseRecorder lastUses;

	@Autowired
	private VerifiedTokenCache cache;

	@Autowired
	private DataSource pool;

	@Autowired
	private People people;

	@Autowired
	private TestClock clock;

	@Autowired
	private JdbcClient jdbc;

	@BeforeEach
	void untilChangesAreHeard() {
		assertThat(comesTrue(this.pulse::isFresh)).isTrue();
	}

	@Test
	void theFirstUseIsOneQueryAndTheSecondNone() {
		String token = this.people.raw(this.people.user(), "user:read");
		assertThat(StatementCounter.during(() -> assertThat(refusal(token)).isEmpty())).hasSize(1);
		assertThat(StatementCounter.during(() -> assertThat(refusal(token)).isEmpty())).isEmpty();
	}

	@Test
	void anUnknownTokenIsOneQueryEachTimeAndOneOfTheWrongFormNone() {
		String unknown = this.format.generate(TokenKind.PERSONAL).reveal();
		for (int i = 0; i < 2; i++) {
			assertThat(StatementCounter.during(() -> assertThat(refusal(unknown)).contains(RefusalReason.UNKNOWN)))
				.hasSize(1);
		}
		assertThat(StatementCounter.during(() -> assertThat(refusal(unknown + "0")).contains(RefusalReason.MALFORMED)))
			.isEmpty();
	}

	@Test
	void aRevokedTokenIsDeadAsSoonAsRevokingIsAnswered() {
		User owner = this.people.user();
		for (int i = 0; i < 20; i++) {
			IssuedToken token = this.people.token(owner, "user:read");
			assertThat(refusal(token)).isEmpty();
			this.revocation.revoke(Actor.account(owner.id()), owner.id(), token.details().id(), false,
					RevocationCause.REQUESTED);
			assertThat(refusal(token)).contains(RefusalReason.REVOKED);
		}
	}

	@Test
	void timeIsAskedAtEachUse() {
		Instant now = this.clock.stop();
		IssuedToken token = this.people.token(this.people.user(),
				TokenRequest.of("user:read").endingAt(now.plusSeconds(60)));
		assertThat(refusal(token)).isEmpty();
		this.clock.advance(Duration.ofSeconds(60).minusNanos(1000));
		assertThat(refusal(token)).isEmpty();
		this.clock.advance(Duration.ofNanos(1000));
		assertThat(refusal(token)).contains(RefusalReason.EXPIRED);
	}

	@Test
	void aUseThatIsNotWrittenYetKeepsATokenFromIdling() {
		IssuedToken token = longLived();
		Instant created = this.clock.stop();
		this.clock.advance(Duration.ofDays(364));
		assertThat(refusal(token)).isEmpty();
		this.clock.advance(Duration.ofDays(364));
		assertThat(refusal(token)).isEmpty();
		this.clock.advance(Duration.ofDays(365));
		assertThat(refusal(token)).contains(RefusalReason.IDLE_EXPIRED);
		assertThat(this.clock.instant()).isAfter(created.plus(Duration.ofDays(1000)));
	}

	@Test
	void aUseOnAnotherNodeKeepsATokenFromIdling() {
		IssuedToken token = longLived();
		assertThat(refusal(token)).isEmpty();
		this.lastUses.flush();
		Instant later = this.clock.advance(Duration.ofDays(364));
		sql("update api_token set last_used_at = :at where id = :id", token.details().id(), later);
		this.clock.advance(Duration.ofDays(2));
		assertThat(refusal(token)).isEmpty();
	}

	@Test
	void whatIsDoneByHandIsHeard() {
		for (String statement : List.of("update api_token set revoked_at = now() where id = :id",
				"delete from api_token where id = :id",
				"update app_user set enabled = false where id = (select owner_id from api_token where id = :id)",
				"delete from app_user where id = (select owner_id from api_token where id = :id)")) {
			IssuedToken token = this.people.token(this.people.user(), "user:read");
			assertThat(refusal(token)).isEmpty();
			sql(statement, token.details().id(), null);
			assertThat(comesTrue(() -> refusal(token).isPresent())).as(statement).isTrue();
		}
	}

	@Test
	void aRoleOrAScopeTakenAwayByHandIsHeard() {
		IssuedToken token = this.people.token(this.people.with(Role.ADMIN), "users:read", "user:read");
		assertThat(rights(token)).containsExactlyInAnyOrder("users:read", "user:read");
		sql("update app_user set roles = 'USER' where id = (select owner_id from api_token where id = :id)",
				token.details().id(), null);
		assertThat(comesTrue(() -> rights(token).equals(List.of("user:read")))).isTrue();
		sql("update api_token set scopes = 'notes:read' where id = :id", token.details().id(), null);
		assertThat(comesTrue(() -> rights(token).equals(List.of("notes:read")))).isTrue();
	}

	@Test
	void withoutProofThatChangesAreHeardEachUseIsAQuery() {
		String token = this.people.raw(this.people.user(), "user:read");
		assertThat(refusal(token)).isEmpty();
		this.pulse.lost();
		List<String> statements = StatementCounter.during(() -> refusal(token));
		assertThat(statements).hasSize(1);
	}

	@Test
	void beforeATokenIsTooOldTheFirstWhoComesAsksAgainAndTheOthersDoNotWait() {
		TokenDigest digest = remembered(MAX_AGE.multipliedBy(95).dividedBy(100));
		assertThat(this.aging.find(digest)).isNull();
		assertThat(this.aging.find(digest)).isNotNull();
		assertThat(this.aging.find(digest)).isNotNull();
	}

	@Test
	void aTokenThatIsTooOldIsBelievedByNobody() {
		TokenDigest digest = remembered(MAX_AGE.plusSeconds(1));
		assertThat(this.aging.find(digest)).isNull();
		assertThat(this.aging.find(digest)).isNull();
	}

	@Test
	void aYoungTokenIsBelievedByEverybody() {
		TokenDigest digest = remembered(Duration.ZERO);
		assertThat(this.aging.find(digest)).isNotNull();
	}

	@Test
	void whoWasToAskAgainAndCannotFaresNoWorseThanTheOthers() throws SQLException {
		IssuedToken token = this.people.token(this.people.user(), "user:read");
		TokenDigest digest = TokenDigest.of(token.raw());
		LoadedToken loaded = this.loader.load(digest);
		this.cache.put(digest, new LoadedToken(loaded.stored(), loaded.moment(),
				System.nanoTime() - Duration.ofSeconds(55).toNanos()));
		withoutConnections(() -> assertThat(refusal(token)).isEmpty());
	}

	/** Another node may have seen a use since, so that refusing it is not decided. */
	@Test
	void whatSeemsToHaveIdledIsNotRefusedWhileNobodyCanAsk() throws SQLException {
		IssuedToken token = longLived();
		this.clock.stop();
		assertThat(this.verifier.inspect(token.raw().reveal())).isPresent();
		this.clock.advance(Duration.ofDays(366));
		withoutConnections(() -> assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> refusal(token)));
		assertThat(refusal(token)).contains(RefusalReason.IDLE_EXPIRED);
	}

	@Test
	void whatElseIsRememberedOfRowsGetsOldToo() {
		Beliefs beliefs = new Beliefs(properties(), this.pulse, new Invalidations());
		UUID row = UUID.randomUUID();
		assertThat(beliefs.isStillValid(beliefs.moment(), row)).isTrue();
		long now = System.nanoTime();
		assertThat(beliefs.isStillValid(new Beliefs.Moment(0, now - MAX_AGE.plusSeconds(1).toNanos()), row)).isFalse();
	}

	/** While all connections of the pool are in use. */
	private void withoutConnections(Runnable act) throws SQLException {
		List<Connection> taken = new ArrayList<>();
		try {
			for (int i = 0; i < this.pool.unwrap(HikariDataSource.class).getMaximumPoolSize(); i++) {
				taken.add(this.pool.getConnection());
			}
			act.run();
		}
		finally {
			for (Connection one : taken) {
				one.close();
			}
		}
	}

	/** Remembers a token that was asked for so long ago. */
	private TokenDigest remembered(Duration age) {
		this.aging = new VerifiedTokenCache(properties(), this.pulse, new Invalidations());
		IssuedToken token = this.people.token(this.people.user(), "user:read");
		TokenDigest digest = TokenDigest.of(token.raw());
		LoadedToken loaded = this.loader.load(digest);
		this.aging.put(digest, new LoadedToken(loaded.stored(), 0, System.nanoTime() - age.toNanos()));
		return digest;
	}

	private static CacheProperties properties() {
		return new CacheProperties(true, 100, Duration.ofSeconds(2), MAX_AGE, null);
	}

	@Test
	void lookingAtATokenIsNoUse() {
		IssuedToken token = this.people.token(this.people.user(), "user:read");
		assertThat(this.verifier.inspect(token.raw().reveal())).isPresent();
		this.lastUses.flush();
		assertThat(lastUse(token)).isNull();
	}

	private IssuedToken longLived() {
		return this.issuer.issue(Actor.SERVER, TokenGrant.personal(this.people.user().id(), "long", null,
				TokenTerms.of(Scopes.of("user:read"), null), Lineage.NONE, false), this.clock.instant());
	}

	private Instant lastUse(IssuedToken token) {
		return this.jdbc.sql("select last_used_at from api_token where id = :id")
			.param("id", token.details().id())
			.query(Instant.class)
			.optional()
			.orElse(null);
	}

	private List<String> rights(IssuedToken token) {
		return this.verifier.verify(token.raw().reveal(), InetAddress.getLoopbackAddress(), false)
			.caller()
			.rights()
			.stream()
			.sorted()
			.toList();
	}

	private Optional<RefusalReason> refusal(IssuedToken token) {
		return refusal(token.raw().reveal());
	}

	private Optional<RefusalReason> refusal(String token) {
		try {
			this.verifier.verify(token, InetAddress.getLoopbackAddress(), false);
			return Optional.empty();
		}
		catch (TokenRefusedException ex) {
			return Optional.of(ex.reason());
		}
	}

	private void sql(String statement, UUID id, Instant at) {
		JdbcClient.StatementSpec spec = this.jdbc.sql(statement).param("id", id);
		((at != null) ? spec.param("at", Timestamp.from(at)) : spec).update();
	}

	/** Without a pause: every look is one more chance to be wrong. */
	static boolean comesTrue(BooleanSupplier condition) {
		long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
		while (System.nanoTime() < deadline) {
			if (condition.getAsBoolean()) {
				return true;
			}
			Thread.onSpinWait();
		}
		return false;
	}

}
