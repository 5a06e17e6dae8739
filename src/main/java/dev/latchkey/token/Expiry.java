package dev.latchkey.token;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

import com.fasterxml.jackson.annotation.JsonCreator;
import dev.latchkey.value.InvalidValueException;
import dev.latchkey.value.Times;
import org.jspecify.annotations.Nullable;

/**
 * A wish for an end: a moment, or never.
 *
 * @param at the moment, or null for never
 * @param isDate whether somebody named the moment, and not the length of a life
 */
public record Expiry(@Nullable Instant at, boolean isDate) {

	/** No end. */
	public static final Expiry NEVER = new Expiry(null, false);

	/**
	 * Reads {@code never}, or a time of RFC 3339.
	 * @param given what stands in a body; what is no text is neither
	 * @throws InvalidValueException if it is neither, or not within the years 1 to 9999
	 */
	@JsonCreator(mode = JsonCreator.Mode.DELEGATING)
	public static Expiry of(Object given) {
		if ("never".equals(given)) {
			return NEVER;
		}
		try {
			return at(Times.parse((given instanceof String text) ? text : ""));
		}
		catch (InvalidValueException ex) {
			throw ex.isMalformed() ? InvalidValueException.malformed(ex.rule() + ", or never") : ex;
		}
	}

	/**
	 * Returns the wish for that moment.
	 */
	public static Expiry at(Instant moment) {
		return new Expiry(moment.truncatedTo(ChronoUnit.MICROS), true);
	}

	/**
	 * Returns the wish for a life of that length, which begins then.
	 */
	public static Expiry after(Duration life, Instant begin) {
		return new Expiry(begin.plus(life).truncatedTo(ChronoUnit.MICROS), false);
	}

}
