package dev.latchkey.token;

import java.time.Duration;
import java.time.Instant;

import dev.latchkey.value.Times;
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
	 * Reads a setting: {@code never}, or a duration with its unit such as {@code 90d} or
	 * {@code PT12H}.
	 * @throws IllegalArgumentException if it is neither; a number alone may mean days or
	 * seconds
	 */
	public static Lifetime of(String text) {
		String life = text.strip();
		if (NEVER.equalsIgnoreCase(life)) {
			return new Lifetime(null);
		}
		if (!life.isEmpty() && Character.isDigit(life.charAt(life.length() - 1))) {
			throw new IllegalArgumentException("A life needs a unit");
		}
		return new Lifetime(DurationStyle.detectAndParse(life));
	}

	/**
	 * Says whether this life may end after another, had both begun at once.
	 */
	boolean isLongerThan(Lifetime other) {
		return other.duration != null && (this.duration == null || this.duration.compareTo(other.duration) > 0);
	}

	/**
	 * Returns when a life that begins then has ended, at the latest with the last moment
	 * there is, or null for never.
	 */
	public @Nullable Instant endFrom(Instant start) {
		return (this.duration != null) ? Times.after(start, this.duration) : null;
	}

	/**
	 * Returns the start of the latest life that has ended by now; nothing started before
	 * the epoch.
	 */
	Instant latestEndedStart(Instant now) {
		Duration sinceEpoch = Duration.between(Instant.EPOCH, now);
		return (this.duration != null && this.duration.compareTo(sinceEpoch) < 0) ? now.minus(this.duration)
				: Instant.EPOCH;
	}

}
