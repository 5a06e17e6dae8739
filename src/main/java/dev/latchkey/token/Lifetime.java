package dev.latchkey.token;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.convert.DurationStyle;

/**
 * How long something lives: a duration, or for ever.
 *
 * @param duration the duration, or null for ever
 */
public record Lifetime(@Nullable Duration duration) {

	private static final String NEVER = "never";

	public Lifetime {
		if (duration != null && (duration.isNegative() || duration.isZero())) {
			throw new IllegalArgumentException("A life is longer than nothing");
		}
	}

	/**
	 * Reads a setting: {@code never} ends, or a duration such as {@code 90d},
	 * {@code PT12H} or a number of days.
	 */
	public static Lifetime of(String text) {
		return NEVER.equalsIgnoreCase(text.strip()) ? new Lifetime(null)
				: new Lifetime(DurationStyle.detectAndParse(text.strip(), ChronoUnit.DAYS));
	}

	/**
	 * Returns when a life that begins then has ended, or null for never.
	 */
	public @Nullable Instant endFrom(Instant start) {
		return (this.duration != null) ? start.plus(this.duration) : null;
	}

	/**
	 * Returns the start of the latest life that has ended by now; nothing started before
	 * the epoch.
	 */
	Instant latestEndedStart(Instant now) {
		return (this.duration != null) ? now.minus(this.duration) : Instant.EPOCH;
	}

}
