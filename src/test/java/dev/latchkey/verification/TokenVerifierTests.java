package dev.latchkey.verification;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

import dev.latchkey.account.UserService;
import dev.latchkey.caller.Actor;
import dev.latchkey.caller.User;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import dev.latchkey.testing.TestClock;
import dev.latchkey.testing.TokenRequest;
import dev.latchkey.token.IssuedToken;
import dev.latchkey.token.RevocationCause;
import dev.latchkey.token.TokenRevocation;
import dev.latchkey.token.TokenRotation;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * When a token is good, and at what cost that is found out.
 */
@LatchkeyTest
class TokenVerifierTests {

	private static final InetAddress HERE = InetAddress.getLoopbackAddress();

	@Autowired
	private TokenVerifier verifier;

	@Autowired
	private TokenRotation rotation;

	@Autowired
	private TokenRevocation revocation;

	@Autowired
	private UserService users;

	@Autowired
	private People people;

	@Autowired
	private TestClock clock;

	@Autowired
	private JdbcTemplate jdbc;

	private User owner;

	@BeforeEach
	void makeOwner() {
		this.owner = this.people.user();
	}

	@Test
	void aTokenIsExpiredWhenNowEqualsItsEnd() {
		Instant now = this.clock.stop();
		String token = make(now.plusSeconds(60), null);
		this.clock.stopAt(now.plusSeconds(60).minus(1, ChronoUnit.MICROS));
		verify(token);
		this.clock.stopAt(now.plusSeconds(60));
		assertThat(refusal(token)).isEqualTo(RefusalReason.EXPIRED);
	}

	@Test
	void aTokenIsGoodWhenNowEqualsItsBeginning() {
		Instant now = this.clock.stop();
		String token = make(null, now.plusSeconds(60));
		this.clock.stopAt(now.plusSeconds(60).minus(1, ChronoUnit.MICROS));
		assertThat(refusal(token)).isEqualTo(RefusalReason.NOT_YET_ACTIVE);
		this.clock.stopAt(now.plusSeconds(60));
		verify(token);
	}

	@Test
	void aTokenThatWasNeverUsedIdlesFromItsCreation() {
		Instant now = this.clock.stop();
		String token = make(now.plus(366, ChronoUnit.DAYS), null);
		this.clock.advance(Duration.ofDays(365));
		assertThat(refusal(token)).isEqualTo(RefusalReason.IDLE_EXPIRED);
	}

	@Test
	void aTokenThatWasUsedIdlesFromItsLastUse() {
		Instant now = this.clock.stop();
		IssuedToken token = issue(now.plus(366, ChronoUnit.DAYS), null);
		this.jdbc.update("update api_token set last_used_at = ? where id = ?",
				java.sql.Timestamp.from(now.plus(1, ChronoUnit.DAYS)), token.details().id());
		this.clock.advance(Duration.ofDays(365));
		verify(token.raw().reveal());
		this.clock.stopAt(now.plus(366, ChronoUnit.DAYS).minusSeconds(1));
		verify(token.raw().reveal());
	}

	@Test
	void aRevokedTokenIsRefusedAtOnce() {
		IssuedToken token = this.people.token(this.owner, "notes:read");
		verify(token.raw().reveal());
		this.revocation.revoke(Actor.account(this.owner.id()), this.owner.id(), token.details().id(), false,
				RevocationCause.REQUESTED);
		assertThat(refusal(token.raw().reveal())).isEqualTo(RefusalReason.REVOKED);
	}

	@Test
	void aRotatedTokenIsGoodUntilItsGracePeriodEnds() {
		Instant now = this.clock.stop();
		IssuedToken token = this.people.token(this.owner, "notes:read");
		this.rotation.rotate(Actor.account(this.owner.id()), token.details().id(), Duration.ofHours(1), null);
		this.clock.stopAt(now.plus(1, ChronoUnit.HOURS).minus(1, ChronoUnit.MICROS));
		verify(token.raw().reveal());
		this.clock.stopAt(now.plus(1, ChronoUnit.HOURS));
		assertThat(refusal(token.raw().reveal())).isEqualTo(RefusalReason.REUSED);
	}

	/** By half an hour its grace period lasts still, by two hours it is over there. */
	@ParameterizedTest
	@ValueSource(strings = { "PT30M", "PT2H" })
	void aTokenInItsGracePeriodThatANodeWithAFastClockRevokesIsRefusedEverywhere(Duration fast) {
		Instant now = this.clock.stop();
		IssuedToken token = this.people.token(this.owner, "notes:read");
		this.rotation.rotate(Actor.account(this.owner.id()), token.details().id(), Duration.ofHours(1), null);
		verify(token.raw().reveal());
		this.clock.advance(fast);
		this.revocation.revoke(Actor.account(this.owner.id()), this.owner.id(), token.details().id(), false,
				RevocationCause.REQUESTED);
		this.clock.stopAt(now);
		assertThat(refusal(token.raw().reveal())).isEqualTo(RefusalReason.REUSED);
		this.clock.stopAt(now.minus(Duration.ofDays(1)));
		assertThat(refusal(token.raw().reveal())).isEqualTo(RefusalReason.REUSED);
	}

	@Test
	void allTokensEndEverywhereThatANodeWithAFastClockRevokes() {
		Instant now = this.clock.stop();
		IssuedToken rotated = this.people.token(this.owner, "notes:read");
		this.rotation.rotate(Actor.account(this.owner.id()), rotated.details().id(), Duration.ofHours(1), null);
		String brief = make(now.plus(Duration.ofHours(1)), null);
		this.clock.advance(Duration.ofHours(2));
		this.revocation.revokeAll(Actor.account(this.owner.id()), this.owner.id(), RevocationCause.REQUESTED);
		this.clock.stopAt(now);
		assertThat(refusal(rotated.raw().reveal())).isEqualTo(RefusalReason.REUSED);
		assertThat(refusal(brief)).isEqualTo(RefusalReason.REVOKED);
	}

	@Test
	void withoutAGracePeriodARotatedTokenIsRefusedAtOnceByNodesWithASlowClockToo() {
		IssuedToken token = this.people.token(this.owner, "notes:read");
		Instant now = this.clock.stop();
		this.clock.advance(Duration.ofHours(1));
		this.rotation.rotate(Actor.account(this.owner.id()), token.details().id(), Duration.ZERO, null);
		this.clock.stopAt(now);
		assertThat(refusal(token.raw().reveal())).isEqualTo(RefusalReason.REUSED);
	}

	@Test
	void aDisabledOwnerLosesEveryToken() {
		String token = this.people.raw(this.owner, "notes:read");
		this.people.disable(this.owner);
		assertThat(refusal(token)).isIn(RefusalReason.REVOKED, RefusalReason.OWNER_DISABLED);
		this.people.enable(this.owner);
		assertThat(refusal(token)).isEqualTo(RefusalReason.REVOKED);
	}

	@Test
	void aTokenOfADisabledOwnerIsRefusedEvenIfNobodyRevokedIt() {
		String token = this.people.raw(this.owner, "notes:read");
		this.jdbc.update("update app_user set enabled = false where id = ?", this.owner.id());
		awaitRefusal(token, RefusalReason.OWNER_DISABLED);
	}

	@Test
	void aDeletedOwnerLeavesNoToken() {
		String token = this.people.raw(this.owner, "notes:read");
		this.users.delete(Actor.SERVER, this.owner.id());
		assertThat(refusal(token)).isEqualTo(RefusalReason.UNKNOWN);
	}

	@Test
	void aTokenIsGoodOnlyFromItsNetworks() throws Exception {
		String token = this.people.raw(this.owner,
				TokenRequest.of("notes:read").onlyAt("192.0.2.0/24", "2001:db8::/32"));
		for (String good : List.of("192.0.2.1", "2001:db8::7", "::ffff:192.0.2.255")) {
			this.verifier.verify(token, InetAddress.getByName(good), false);
		}
		for (String bad : List.of("192.0.3.1", "2001:db9::7", "::1")) {
			assertThat(catchThrowableOfType(TokenRefusedException.class,
					() -> this.verifier.verify(token, InetAddress.getByName(bad), false))
				.reason()).isEqualTo(RefusalReason.WRONG_ADDRESS);
		}
	}

	private VerifiedToken verify(String token) {
		return this.verifier.verify(token, HERE, false);
	}

	private RefusalReason refusal(String token) {
		return catchThrowableOfType(TokenRefusedException.class, () -> verify(token)).reason();
	}

	/** A change by SQL alone reaches a server's memory by a message. */
	private void awaitRefusal(String token, RefusalReason reason) {
		org.awaitility.Awaitility.await().untilAsserted(() -> assertThat(refusal(token)).isEqualTo(reason));
	}

	private String make(Instant expiresAt, Instant notBefore) {
		return issue(expiresAt, notBefore).raw().reveal();
	}

	private IssuedToken issue(Instant expiresAt, Instant notBefore) {
		return this.people.token(this.owner, TokenRequest.of("notes:read").endingAt(expiresAt).goodFrom(notBefore));
	}

}
