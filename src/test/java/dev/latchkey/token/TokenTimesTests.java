package dev.latchkey.token;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

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
	void aTokenEndsAtTheEarlierOfItsEnds() {
		assertThat(new TokenTimes(NOW, null, AFTER, null, NOW).end()).isEqualTo(NOW);
		assertThat(new TokenTimes(NOW, null, NOW, null, AFTER).end()).isEqualTo(NOW);
		assertThat(new TokenTimes(NOW, null, null, null, AFTER).end()).isEqualTo(AFTER);
		assertThat(new TokenTimes(NOW, null, null, null, null).end()).isNull();
	}

}
