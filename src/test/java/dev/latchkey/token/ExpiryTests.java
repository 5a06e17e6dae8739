package dev.latchkey.token;

import java.time.Duration;
import java.time.Instant;

import dev.latchkey.value.InvalidValueException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * When a token shall end, as a body says it.
 */
class ExpiryTests {

	private static final Instant MOMENT = Instant.parse("2027-01-31T12:00:00.123456Z");

	private static final Expiry WISHED = new Expiry(MOMENT, true);

	@Test
	void itIsAMomentToTheMicrosecond() {
		assertThat(Expiry.of("2027-01-31T12:00:00.123456789Z")).isEqualTo(WISHED);
		assertThat(Expiry.at(MOMENT.plusNanos(999))).isEqualTo(WISHED);
	}

	@Test
	void orNever() {
		assertThat(Expiry.of("never")).isSameAs(Expiry.NEVER);
		assertThat(Expiry.NEVER).isEqualTo(new Expiry(null, false));
	}

	@Test
	void aLifeOfALengthNamesNoDate() {
		assertThat(Expiry.after(Duration.ofDays(1), MOMENT.plusNanos(999)))
			.isEqualTo(new Expiry(Instant.parse("2027-02-01T12:00:00.123456Z"), false));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "Never", "2027-01-31", "tomorrow" })
	void whatIsNeitherIsToldBoth(String given) {
		assertNeither(given);
	}

	@Test
	void aNumberIsNeither() {
		assertNeither(1_800_000_000);
	}

	@Test
	void aTimeThatIsNotTakenIsNotToldNever() {
		assertThatExceptionOfType(InvalidValueException.class).isThrownBy(() -> Expiry.of("9999-12-31T23:59:59-00:01"))
			.withMessage("must be within the years 1 to 9999 in UTC")
			.matches((ex) -> !ex.isMalformed());
	}

	private static void assertNeither(Object given) {
		assertThatExceptionOfType(InvalidValueException.class).isThrownBy(() -> Expiry.of(given))
			.withMessage("must be a time such as 2027-01-31T12:00:00Z, or never")
			.matches(InvalidValueException::isMalformed);
	}

}
