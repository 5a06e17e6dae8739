package dev.latchkey.page;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

import dev.latchkey.value.Times;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Moments in words.
 */
class TimeFormatterTests {

	private static final Instant NOW = Instant.parse("2026-11-21T20:00:00Z");

	private final TimeFormatter moments = new TimeFormatter(Clock.fixed(NOW, ZoneOffset.UTC));

	@Test
	void whoeverChoseALastDayReadsThatDay() {
		Instant end = Times.endOf(LocalDate.of(2026, 12, 3));
		assertThat(this.moments.ofEnd(end)).extracting(FormattedTime::full).isEqualTo("3 Dec 2026, 24:00\u00a0UTC");
		assertThat(this.moments.of(end)).extracting(FormattedTime::full).isEqualTo("4 Dec 2026, 00:00\u00a0UTC");
		assertThat(this.moments.ofEnd(null)).isNull();
	}

	@ParameterizedTest
	@CsvSource({ "PT0S, in less than a minute", "PT-59S, less than a minute ago", "PT-1M, 1 minute ago",
			"PT59M59S, in 59 minutes", "PT1H, in 1 hour", "PT-89M, 1 hour ago", "PT23H59M, in 24 hours",
			"P1D, in 1 day", "PT719H59M, in 30 days", "P-120D, 120 days ago" })
	void areRoundedToTheUnitThatMatters(Duration ahead, String words) {
		assertThat(this.moments.of(NOW.plus(ahead)).relative()).isEqualTo(words);
	}

}
