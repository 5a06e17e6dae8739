package dev.latchkey.page;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import dev.latchkey.language.Language;
import dev.latchkey.language.Words;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Writes moments for people, in UTC, since the server does not know where they are.
 */
@Component
public class TimeFormatter {

	private static final Duration DAY = Duration.ofDays(1);

	private static final Duration HOUR = Duration.ofHours(1);

	private final Clock clock;

	TimeFormatter(Clock clock) {
		this.clock = clock;
	}

	Instant now() {
		return this.clock.instant();
	}

	/**
	 * Returns the moment as pages show it, or null where there is none.
	 */
	public @Nullable FormattedTime of(@Nullable Instant moment) {
		return (moment != null)
				? new FormattedTime(moment.toString(), Language.current().minute(moment), relative(moment), false)
				: null;
	}

	/**
	 * Returns the moment at which something ends as pages show it, or null for never.
	 */
	public @Nullable FormattedTime ofEnd(@Nullable Instant moment) {
		return (moment != null)
				? new FormattedTime(moment.toString(), Language.current().end(moment), relative(moment), true) : null;
	}

	private String relative(Instant moment) {
		Duration ahead = Duration.between(now(), moment);
		return Words.of(ahead.isNegative() ? "time.ago" : "time.in", distance(ahead.abs()));
	}

	/** The last day of a life that ends then. */
	static String day(Instant moment) {
		return Language.current().day(moment.minusNanos(1));
	}

	/** Rounded: who chose 30 days a moment ago does not want to read 29. */
	static String span(Duration length) {
		return span(length, "");
	}

	/** The same, as it stands after a word such as "in". */
	static String distance(Duration length) {
		return span(length, ".dative");
	}

	private static String span(Duration length, String form) {
		if (length.compareTo(DAY) >= 0) {
			long days = Math.round((double) length.toSeconds() / DAY.toSeconds());
			return (days == 1) ? Words.of("time.days.one") : Words.of("time.days.many" + form, String.valueOf(days));
		}
		if (length.compareTo(HOUR) >= 0) {
			return count(Math.round((double) length.toSeconds() / HOUR.toSeconds()), "time.hours");
		}
		return (length.toMinutes() > 0) ? count(length.toMinutes(), "time.minutes") : Words.of("time.moment");
	}

	private static String count(long number, String unit) {
		return (number == 1) ? Words.of(unit + ".one") : Words.of(unit + ".many", String.valueOf(number));
	}

}
