package dev.latchkey.verification;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import dev.latchkey.caller.Caller;
import dev.latchkey.caller.CurrentToken;
import dev.latchkey.caller.User;
import dev.latchkey.limit.TokenAllowance;
import dev.latchkey.net.Networks;
import dev.latchkey.scope.Resources;
import dev.latchkey.scope.Role;
import dev.latchkey.scope.Scopes;
import dev.latchkey.token.Lifetime;
import dev.latchkey.token.TokenDigest;
import dev.latchkey.token.TokenKind;
import dev.latchkey.token.TokenState;
import dev.latchkey.token.TokenTimes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A token in memory: its uses, and until when it is handed out.
 */
class LoadedTokenTests {

	private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

	private static final Lifetime IDLE = Lifetime.of("1d");

	private static final Duration AGE = Duration.ofHours(1);

	private final Invalidations invalidations = new Invalidations();

	private final CacheProperties properties = new CacheProperties(true, 10, Duration.ofMinutes(1), AGE, null);

	private final ListenerPulse pulse = new ListenerPulse(this.properties);

	private final TokenDigest digest = TokenDigest.of("a token");

	@Test
	void aUseIsWrittenOnceAMinute() throws Exception {
		LoadedToken token = loaded(null, 0);
		InetAddress address = InetAddress.getByName("192.0.2.7");
		assertThat(token.stored().good().lastUsedIp()).isNull();
		assertThat(token.use(NOW, address)).isTrue();
		assertThat(token.use(NOW.plusSeconds(59), null)).isFalse();
		assertThat(token.stored().good().lastUsedIp()).isEqualTo("192.0.2.7");
		assertThat(token.stored().good().times().lastUsedAt()).isEqualTo(NOW);
		assertThat(token.use(NOW.plusSeconds(60), null)).isTrue();
		assertThat(token.stored().good().lastUsedIp()).isNull();
		assertThat(token.stored().good().times().lastUsedAt()).isEqualTo(NOW.plusSeconds(60));
	}

	@Test
	void whatWasJustWrittenIsNotWrittenAgain() {
		assertThat(loaded(NOW, 0).use(NOW.plusSeconds(59), null)).isFalse();
		assertThat(loaded(NOW, 0).use(NOW.plusSeconds(60), null)).isTrue();
	}

	@Test
	void aUseThatTheDatabaseDoesNotKnowOfKeepsATokenAlive() {
		LoadedToken token = loaded(NOW.minus(Duration.ofDays(2)), 0);
		assertThat(token.stateAt(NOW, IDLE)).isEqualTo(TokenState.IDLE_EXPIRED);
		token.use(NOW, null);
		assertThat(token.stateAt(NOW.plusSeconds(1), IDLE)).isEqualTo(TokenState.ACTIVE);
		assertThat(token.stateAt(NOW.plus(Duration.ofDays(1)), IDLE)).isEqualTo(TokenState.IDLE_EXPIRED);
	}

	@Test
	void whatIsStoredIsWhatTheRequestNeeds() {
		StoredToken stored = loaded(null, 0).stored();
		assertThat(stored.ownerEnabled()).isTrue();
		assertThat(stored.networks()).isSameAs(Networks.ANY);
		assertThat(stored.good().issuedAt()).isEqualTo(NOW.minus(Duration.ofDays(9)));
		assertThat(stored.good().resources()).isEqualTo(Resources.OWN);
		Rights rights = new Rights(Scopes.of("user:read"), Resources.OWN, Set.of(Role.USER), Set.of(), List.of());
		VerifiedToken narrowed = stored.good().with(rights);
		assertThat(narrowed.tokenId()).isEqualTo(stored.tokenId());
		assertThat(narrowed.caller().user()).isSameAs(stored.good().caller().user());
	}

	@Test
	void oneIsFirstToRenew() {
		LoadedToken token = loaded(null, 0);
		assertThat(token.isFirstToRenew()).isTrue();
		assertThat(token.isFirstToRenew()).isFalse();
	}

	/** In minutes; the first who comes shortly before the end asks the database. */
	@ParameterizedTest
	@CsvSource({ "0, true, true", "53, true, true", "55, false, true", "61, false, false" })
	void anOldTokenIsAskedForAgain(long age, boolean first, boolean second) {
		VerifiedTokenCache cache = new VerifiedTokenCache(this.properties, this.pulse, this.invalidations);
		LoadedToken token = loaded(null, System.nanoTime() - Duration.ofMinutes(age).toNanos());
		cache.put(this.digest, token);
		this.pulse.proven(System.nanoTime());
		assertThat(cache.find(this.digest) == token).isEqualTo(first);
		assertThat(cache.find(this.digest) == token).isEqualTo(second);
		assertThat(cache.hits()).isEqualTo((first ? 1 : 0) + (second ? 1 : 0));
		assertThat(cache.hits() + cache.misses()).isEqualTo(2);
		assertThat(cache.size()).isEqualTo(1);
	}

	@Test
	void nothingIsFoundWhereNothingIsHeardOrKept() {
		VerifiedTokenCache cache = new VerifiedTokenCache(this.properties, this.pulse, this.invalidations);
		cache.put(this.digest, loaded(null, System.nanoTime()));
		assertThat(cache.find(this.digest)).isNull();
		this.pulse.proven(System.nanoTime());
		assertThat(cache.find(this.digest)).isNotNull();
		assertThat(cache.find(TokenDigest.of("another"))).isNull();
		this.pulse.lost();
		assertThat(cache.find(this.digest)).isNull();
		VerifiedTokenCache none = new VerifiedTokenCache(
				new CacheProperties(false, 10, Duration.ofMinutes(1), AGE, null), this.pulse, this.invalidations);
		this.pulse.proven(System.nanoTime());
		none.put(this.digest, loaded(null, System.nanoTime()));
		assertThat(none.find(this.digest)).isNull();
		assertThat(none.size()).isZero();
	}

	@Test
	void whoeverElseRemembersBelievesByTheSameRule() {
		Beliefs beliefs = new Beliefs(this.properties, this.pulse, this.invalidations);
		UUID row = UUID.randomUUID();
		Beliefs.Moment moment = beliefs.moment();
		assertThat(beliefs.isStillValid(moment, row)).isFalse();
		this.pulse.proven(System.nanoTime());
		assertThat(beliefs.isStillValid(moment, row)).isTrue();
		assertThat(beliefs.isStillValid(new Beliefs.Moment(moment.count(), moment.askedAt() - AGE.toNanos()), row))
			.isFalse();
		beliefs.changed(row);
		assertThat(beliefs.isStillValid(moment, row)).isFalse();
		assertThat(beliefs.isStillValid(beliefs.moment(), row)).isTrue();
		assertThat(Beliefs.place(row)).isEqualTo(Invalidations.place(row)).isBetween(0, (1 << 15) - 1);
		assertThat(Beliefs.placesVersion()).isEqualTo(1);
	}

	@Test
	void aPulseIsFreshForAsLongAsAllowed() {
		long now = System.nanoTime();
		long staleness = Duration.ofMinutes(1).toNanos();
		assertThat(this.pulse.isFresh()).isFalse();
		this.pulse.proven(now);
		assertThat(this.pulse.isFresh()).isTrue();
		assertThat(this.pulse.isFreshAt(now + staleness)).isTrue();
		assertThat(this.pulse.isFreshAt(now + staleness + 1)).isFalse();
		assertThat(this.pulse.staleness()).isBetween(0.0, 60.0);
		this.pulse.lost();
		assertThat(this.pulse.staleness()).isGreaterThanOrEqualTo(120.0);
	}

	private static LoadedToken loaded(Instant lastUsedAt, long askedAt) {
		UUID id = UUID.randomUUID();
		User user = new User(UUID.randomUUID(), "a@example.com", "A", Set.of(Role.USER), true, Instant.EPOCH);
		CurrentToken current = new CurrentToken(id, "t", null, Scopes.of("user:read"), Resources.OWN, "lkp_…abcd", null,
				false);
		TokenTimes times = new TokenTimes(NOW.minus(Duration.ofDays(9)), null, null, lastUsedAt, null);
		VerifiedToken good = new VerifiedToken(id, TokenKind.PERSONAL, null,
				new Caller(user, Set.of("user:read"), current), List.of(), times, Networks.ANY, null, null);
		return new LoadedToken(new StoredToken(good, false, new TokenAllowance(id, List.of())), 0, askedAt);
	}

}
