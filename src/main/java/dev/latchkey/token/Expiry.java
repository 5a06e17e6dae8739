package dev.latchkey.token;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;

import com.fasterxml.jackson.annotation.JsonCreator;
import org.jspecify.annotations.Nullable;

/**
 * A wish for an end: a moment, or never.
 *
 * @param at the moment, or null for never
 */
public record Expiry(@Nullable Instant at) {

	/** No end. */
	public static final Expiry NEVER = new Expiry(null);

	/**
	 * Reads {@code never}, or a time of RFC 3339; parts of a microsecond are cut off.
	 * @throws IllegalArgumentException if it is neither
	 */
	@JsonCreator(mode = JsonCreator.Mode.DELEGATING)
	public static Expiry of(String text) {
		if ("never".equals(text)) {
			return NEVER;
		}
		if (text.startsWith("+") || text.startsWith("-")) {
			throw new IllegalArgumentException("A year of RFC 3339 has four digits");
		}
		try {
			return at(OffsetDateTime.parse(text).toInstant());
		}
		catch (DateTimeParseException ex) {
			throw new IllegalArgumentException("Neither a time of RFC 3339 nor 'never'", ex);
		}
	}

	/**
	 * Returns the wish for that moment.
	 */
	public static Expiry at(Instant moment) {
		return new Expiry(moment.truncatedTo(ChronoUnit.MICROS));
	}

}
