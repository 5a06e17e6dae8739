package dev.latchkey.web;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.function.Function;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.module.SimpleModule;

import org.springframework.stereotype.Component;

/**
 * Reads times as RFC 3339 and durations as ISO 8601, and neither from bare numbers.
 */
@Component
public class StrictTimes extends SimpleModule {

	private static final long serialVersionUID = 1L;

	StrictTimes() {
		addDeserializer(Instant.class, new FromText<>(Instant.class, StrictTimes::time));
		addDeserializer(Duration.class, new FromText<>(Duration.class, Duration::parse));
	}

	/**
	 * Reads a time of RFC 3339, whose years have four digits.
	 * @throws DateTimeParseException if it is none
	 */
	public static Instant time(String text) {
		requireFourDigits(text);
		return OffsetDateTime.parse(text).toInstant();
	}

	/**
	 * Reads a day of RFC 3339, whose years have four digits.
	 * @throws DateTimeParseException if it is none
	 */
	public static LocalDate day(String text) {
		requireFourDigits(text);
		return LocalDate.parse(text);
	}

	private static void requireFourDigits(String text) {
		if (text.startsWith("+") || text.startsWith("-")) {
			throw new DateTimeParseException("A year has four digits", text, 0);
		}
	}

	private static final class FromText<T> extends ValueDeserializer<T> {

		private final Class<T> type;

		private final Function<String, T> reader;

		private FromText(Class<T> type, Function<String, T> reader) {
			this.type = type;
			this.reader = reader;
		}

		@Override
		@SuppressWarnings("unchecked")
		public T deserialize(JsonParser parser, DeserializationContext context) {
			if (!parser.hasToken(JsonToken.VALUE_STRING)) {
				return (T) context.handleUnexpectedToken(this.type, parser);
			}
			try {
				return this.reader.apply(parser.getString());
			}
			catch (DateTimeParseException ex) {
				return (T) context.handleWeirdStringValue(this.type, "", "not in the form of %s",
						this.type.getSimpleName());
			}
		}

	}

}
