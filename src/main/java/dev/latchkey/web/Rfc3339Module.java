package dev.latchkey.web;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;

import dev.latchkey.value.Times;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.module.SimpleModule;

import org.springframework.stereotype.Component;

/**
 * Reads times and durations in bodies as everywhere, and neither from bare numbers.
 */
@Component
class Rfc3339Module extends SimpleModule {

	private static final long serialVersionUID = 1L;

	Rfc3339Module() {
		addDeserializer(Instant.class, new FromText<>(Times::parse));
		addDeserializer(Duration.class, new FromText<>(Times::parseDuration));
	}

	private static final class FromText<T> extends ValueDeserializer<T> {

		private final Function<String, T> reader;

		private FromText(Function<String, T> reader) {
			this.reader = reader;
		}

		/**
		 * What is no text has not the form either, and its holder reads the same rule.
		 */
		@Override
		public T deserialize(JsonParser parser, DeserializationContext context) {
			String text = parser.hasToken(JsonToken.VALUE_STRING) ? parser.getString() : "";
			return this.reader.apply(text);
		}

	}

}
