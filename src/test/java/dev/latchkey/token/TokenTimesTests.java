package dev.latchkey.token;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A moment that equals an end is past it.
 */
class TokenTimesTests {

	private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

	private static final Instant BEFORE = NOW.minus(1, ChronoUnit.MICROS);

	private static final Instant AFTER = NOW.plus(1, ChronoUnit.MICROS);

	private static final Instant DAY_AGO = NOW.minus(1, ChronoUnit.DAYS);

	private static final Lifetime NEVER = new Lifetime(null);

	private static final Lifetime DAY = Lifetime.of("1d");

	@Test
	void aRevocationHoldsAtOnceEvenIfTheClockIsBehind() {
		assertThat(TokenTimes.atRest(NOW, null, null, null, null, AFTER, null).stateAt(NOW, NEVER))
			.isEqualTo(TokenState.REVOKED);
		assertThat(TokenTimes.atRest(NOW, null, null, null, NOW, AFTER, null).stateAt(NOW, NEVER))
			.isEqualTo(TokenState.ACTIVE);
	}

	@Test
	void aTokenIsExpiredFromItsEndOn() {
		assertThat(new TokenTimes(NOW, null, AFTER, null, null).stateAt(NOW, NEVER)).isEqualTo(TokenState.ACTIVE);
		assertThat(new TokenTimes(NOW, null, NOW, null, null).stateAt(NOW, NEVER)).isEqualTo(TokenState.EXPIRED);
		assertThat(new TokenTimes(NOW, null, BEFORE, null, null).stateAt(NOW, NEVER)).isEqualTo(TokenState.EXPIRED);
	}

	@Test
	void aTokenIsActiveFromItsBeginningOn() {
		assertThat(new TokenTimes(NOW, AFTER, null, null, null).stateAt(NOW, NEVER))
			.isEqualTo(TokenState.NOT_YET_ACTIVE);
		assertThat(new TokenTimes(NOW, NOW, null, null, null).stateAt(NOW, NEVER)).isEqualTo(TokenState.ACTIVE);
	}

	@Test
	void idlenessCountsFromCreationUntilTheFirstUse() {
		assertThat(new TokenTimes(DAY_AGO, null, null, null, null).stateAt(NOW, DAY))
			.isEqualTo(TokenState.IDLE_EXPIRED);
		assertThat(new TokenTimes(DAY_AGO.plusMillis(1), null, null, null, null).stateAt(NOW, DAY))
			.isEqualTo(TokenState.ACTIVE);
	}

	@Test
	void idlenessCountsFromTheLastUse() {
		Instant longAgo = NOW.minus(100, ChronoUnit.DAYS);
		assertThat(new TokenTimes(longAgo, null, null, DAY_AGO.plusMillis(1), null).stateAt(NOW, DAY))
			.isEqualTo(TokenState.ACTIVE);
		assertThat(new TokenTimes(longAgo, null, null, DAY_AGO, null).stateAt(NOW, DAY))
			.isEqualTo(TokenState.IDLE_EXPIRED);
		assertThat(new TokenTimes(longAgo, null, null, null, null).stateAt(NOW, NEVER)).isEqualTo(TokenState.ACTIVE);
	}

	@Test
	void aRotatedTokenLivesUntilItsGracePeriodEnds() {
		assertThat(new TokenTimes(NOW, null, null, null, AFTER).stateAt(NOW, NEVER)).isEqualTo(TokenState.ACTIVE);
		assertThat(new TokenTimes(NOW, null, null, null, NOW).stateAt(NOW, NEVER)).isEqualTo(TokenState.REVOKED);
	}

	@Test
	void theStrongestReasonIsTold() {
		assertThat(new TokenTimes(DAY_AGO, AFTER, BEFORE, null, BEFORE).stateAt(NOW, DAY))
			.isEqualTo(TokenState.REVOKED);
		assertThat(new TokenTimes(DAY_AGO, AFTER, BEFORE, null, null).stateAt(NOW, DAY)).isEqualTo(TokenState.EXPIRED);
		assertThat(new TokenTimes(DAY_AGO, AFTER, null, null, null).stateAt(NOW, DAY))
			.isEqualTo(TokenState.IDLE_EXPIRED);
	}

	@Test
	void aSuspensionHoldsAtOnceAndEndsNothing() {
		TokenTimes suspended = new TokenTimes(NOW, AFTER, null, null, null, AFTER);
		assertThat(suspended.stateAt(NOW, NEVER)).isEqualTo(TokenState.SUSPENDED);
		assertThatCode(() -> suspended.requireUnended(NEVER, NOW)).doesNotThrowAnyException();
		assertThatExceptionOfType(TokenNotActiveException.class).isThrownBy(() -> suspended.requireUsable(NEVER, NOW))
			.withMessageContaining("resume it first");
		TokenTimes ended = new TokenTimes(NOW, null, BEFORE, null, null, AFTER);
		assertThat(ended.stateAt(NOW, NEVER)).isEqualTo(TokenState.EXPIRED);
		assertThatExceptionOfType(TokenNotActiveException.class).isThrownBy(() -> ended.requireUnended(NEVER, NOW))
			.withMessageContaining("expired");
		assertThatExceptionOfType(TokenNotActiveException.class).isThrownBy(() -> ended.requireUsable(NEVER, NOW));
		TokenTimes later = new TokenTimes(NOW, AFTER, null, null, null);
		assertThatCode(() -> later.requireUsable(NEVER, NOW)).doesNotThrowAnyException();
	}

	@Test
	void whatEndsATokenIsKnownByItsState() {
		assertThat(TokenState.values()).filteredOn(TokenState::isEnded)
			.containsExactly(TokenState.EXPIRED, TokenState.IDLE_EXPIRED, TokenState.REVOKED);
	}

	/** A token that was imported. */
	@Test
	void aUseBeforeItsCreationDoesNotCount() {
		Instant longAgo = NOW.minus(100, ChronoUnit.DAYS);
		assertThat(new TokenTimes(DAY_AGO.plusMillis(1), null, null, longAgo, null).stateAt(NOW, DAY))
			.isEqualTo(TokenState.ACTIVE);
	}

	@Test
	void aRevocationWithinTheGracePeriodWaitsAndOneBeforeItDoesNot() {
		assertThat(TokenTimes.atRest(NOW, null, null, null, BEFORE, AFTER, null).revokedAt()).isEqualTo(AFTER);
		assertThat(TokenTimes.atRest(NOW, null, null, null, AFTER, AFTER, null).revokedAt()).isEqualTo(Instant.EPOCH);
		assertThat(TokenTimes.atRest(NOW, null, null, null, AFTER, null, null).revokedAt()).isNull();
		assertThat(TokenTimes.atRest(NOW, BEFORE, AFTER, NOW, null, null, AFTER))
			.isEqualTo(new TokenTimes(NOW, BEFORE, AFTER, NOW, null, AFTER));
	}

	@Test
	void aLifeOfTheSameLengthBeginsLater() {
		assertThat(new TokenTimes(DAY_AGO, null, NOW, null, null).sameLifeFrom(NOW))
			.isEqualTo(NOW.plus(1, ChronoUnit.DAYS));
		assertThat(new TokenTimes(DAY_AGO, null, null, null, null).sameLifeFrom(NOW)).isNull();
		assertThat(new TokenTimes(NOW, BEFORE, AFTER, null, AFTER, NOW).usedAt(BEFORE))
			.isEqualTo(new TokenTimes(NOW, BEFORE, AFTER, BEFORE, AFTER, NOW));
	}

	@Test
	void ofTwoLivesTheOneWithoutAnEndIsLonger() {
		assertThat(NEVER.isLongerThan(DAY)).isTrue();
		assertThat(DAY.isLongerThan(NEVER)).isFalse();
		assertThat(NEVER.isLongerThan(NEVER)).isFalse();
		assertThat(DAY.isLongerThan(DAY)).isFalse();
		assertThat(Lifetime.of("2d").isLongerThan(DAY)).isTrue();
		assertThat(NEVER.endFrom(NOW)).isNull();
		assertThat(NEVER.latestEndedStart(NOW)).isEqualTo(Instant.EPOCH);
		assertThat(DAY.latestEndedStart(NOW)).isEqualTo(DAY_AGO);
		assertThat(DAY.latestEndedStart(Instant.EPOCH.plus(1, ChronoUnit.DAYS))).isEqualTo(Instant.EPOCH);
	}

	@Test
	void aTokenEndsAtTheEarlierOfItsEnds() {
		assertThat(new TokenTimes(NOW, null, AFTER, null, NOW).end()).isEqualTo(NOW);
		assertThat(new TokenTimes(NOW, null, NOW, null, AFTER).end()).isEqualTo(NOW);
		assertThat(new TokenTimes(NOW, null, null, null, AFTER).end()).isEqualTo(AFTER);
		assertThat(new TokenTimes(NOW, null, null, null, null).end()).isNull();
	}

}
