package dev.latchkey.value;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Times of RFC 3339 within the years 1 to 9999 in UTC, which is what the database, the
 * clients and RFC 3339 itself can all write; days and durations likewise.
 */
public final class Times {

	/** The first moment there is. */
	public static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");

	/** The last moment there is, to a microsecond, as the database keeps it. */
	public static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999Z");

	/** What a time must be, for people. */
	public static final String RULE = "must be a time such as 2027-01-31T12:00:00Z";

	private static final String DURATION_RULE = "must be a duration such as PT1H, P2D or PT1H30M";

	private static final Pattern TIME = Pattern
		.compile("([0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(?:\\.[0-9]{1,9})?)"
				+ "(?:(?<=\\.[0-9]{9})[0-9]+)?" + "(?:[Zz]|([+-])([01][0-9]|2[0-3]):([0-5][0-9]))");

	private static final Pattern DAY = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");

	private Times() {
	}

	/**
	 * Reads a time of RFC 3339; parts of a microsecond are cut off. Offsets go to 23:59
	 * there, further than Java's. A second 60 is not read: when there is one, nobody
	 * knows years ahead.
	 * @throws InvalidValueException if it is none, or not within the years 1 to 9999
	 */
	public static Instant parse(String given) {
		Matcher time = TIME.matcher(given);
		if (!time.matches()) {
			throw InvalidValueException.malformed(RULE);
		}
		try {
			Instant there = LocalDateTime.parse(time.group(1)).toInstant(ZoneOffset.UTC);
			return within(there.minus(offset(time.group(2), time.group(3), time.group(4))));
		}
		catch (DateTimeException ex) {
			throw InvalidValueException.malformed(RULE);
		}
	}

	/**
	 * Reads a day such as 2027-01-31.
	 * @throws InvalidValueException if it is none, or not within the years 1 to 9999
	 */
	public static LocalDate parseDay(String given) {
		try {
			if (DAY.matcher(given).matches()) {
				LocalDate day = LocalDate.parse(given);
				within(startOf(day));
				return day;
			}
		}
		catch (DateTimeException ex) {
			// Said below.
		}
		throw InvalidValueException.malformed("must be a day such as 2027-01-31");
	}

	/**
	 * Reads a duration of ISO 8601.
	 * @throws InvalidValueException if it is none
	 */
	public static Duration parseDuration(String given) {
		try {
			return Duration.parse(given);
		}
		catch (DateTimeException | ArithmeticException ex) {
			throw InvalidValueException.malformed(DURATION_RULE);
		}
	}

	/**
	 * Returns when a day begins in UTC.
	 */
	public static Instant startOf(LocalDate day) {
		return day.atStartOfDay(ZoneOffset.UTC).toInstant();
	}

	/**
	 * Returns when a day has ended in UTC; the last day of all ends with its last moment.
	 */
	public static Instant endOf(LocalDate day) {
		return latest(startOf(day.plusDays(1)));
	}

	/**
	 * Returns the moment so much later, or the last one there is. Each verification asks:
	 * a {@link Duration} of thousands of years would overflow inside, be caught there,
	 * and cost more than the rest of the request.
	 * @param length not negative
	 */
	public static Instant after(Instant start, Duration length) {
		long room = LATEST.getEpochSecond() - start.getEpochSecond();
		return (length.toSeconds() <= room) ? latest(start.plus(length)) : LATEST;
	}

	private static Duration offset(@Nullable String sign, @Nullable String hours, @Nullable String minutes) {
		if (sign == null || hours == null || minutes == null) {
			return Duration.ZERO;
		}
		Duration offset = Duration.ofHours(Integer.parseInt(hours)).plusMinutes(Integer.parseInt(minutes));
		return sign.equals("-") ? offset.negated() : offset;
	}

	private static Instant latest(Instant moment) {
		return moment.isAfter(LATEST) ? LATEST : moment;
	}

	private static Instant within(Instant moment) {
		if (moment.isBefore(EARLIEST) || moment.truncatedTo(ChronoUnit.MICROS).isAfter(LATEST)) {
			throw InvalidValueException.notAcceptable("must be within the years 1 to 9999 in UTC");
		}
		return moment.truncatedTo(ChronoUnit.MICROS);
	}

}
