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
class Moments {

	private static final DateTimeFormatter FULL = DateTimeFormatter.ofPattern("d MMM uuuu, HH:mm 'UTC'", Locale.UK)
		.withZone(ZoneOffset.UTC);

	private final Clock clock;

	Moments(Clock clock) {
		this.clock = clock;
	}

	Instant now() {
		return this.clock.instant();
	}

	@Nullable Moment of(@Nullable Instant moment) {
		return (moment != null) ? new Moment(moment.toString(), FULL.format(moment), relative(moment)) : null;
	}

	private String relative(Instant moment) {
		Duration ahead = Duration.between(now(), moment);
		String span = span(ahead.abs());
		return ahead.isNegative() ? span + " ago" : "in " + span;
	}

	static String span(Duration length) {
		if (length.toDays() > 0) {
			return count(length.toDays(), "day");
		}
		if (length.toHours() > 0) {
			return count(length.toHours(), "hour");
		}
		return (length.toMinutes() > 0) ? count(length.toMinutes(), "minute") : "less than a minute";
	}

	private static String count(long number, String unit) {
		return "%d %s%s".formatted(number, unit, (number != 1) ? "s" : "");
	}

}
