package dev.latchkey.page;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Writes moments for people, in UTC, since the server does not know where they are.
 */
@Component
public class TimeFormatter {

	private static final DateTimeFormatter FULL = DateTimeFormatter.ofPattern("d MMM uuuu, HH:mm 'UTC'", Locale.UK)
		.withZone(ZoneOffset.UTC);

	private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("d MMM uuuu", Locale.UK)
		.withZone(ZoneOffset.UTC);

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
		return (moment != null) ? new FormattedTime(moment.toString(), FULL.format(moment), relative(moment)) : null;
	}

	private String relative(Instant moment) {
		Duration ahead = Duration.between(now(), moment);
		String span = span(ahead.abs());
		return ahead.isNegative() ? span + " ago" : "in " + span;
	}

	/** The last day of a life that ends then. */
	static String day(Instant moment) {
		return DATE.format(moment.minusNanos(1));
	}

	/** Rounded: who chose 30 days a moment ago does not want to read 29. */
	static String span(Duration length) {
		if (length.compareTo(DAY) >= 0) {
			return count(Math.round((double) length.toSeconds() / DAY.toSeconds()), "day");
		}
		if (length.compareTo(HOUR) >= 0) {
			return count(Math.round((double) length.toSeconds() / HOUR.toSeconds()), "hour");
		}
		return (length.toMinutes() > 0) ? count(length.toMinutes(), "minute") : "less than a minute";
	}

	private static String count(long number, String unit) {
		return "%d %s%s".formatted(number, unit, (number != 1) ? "s" : "");
	}

}
