package dev.latchkey.web;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.ValueDeserializerModifier;
import tools.jackson.databind.module.SimpleModule;

import org.springframework.stereotype.Component;

/**
 * Reads words of a fixed list in bodies, roles for example, as they are written. Jackson
 * itself takes them with blanks around.
 */
@Component
class ChoicesModule extends SimpleModule {

	private static final long serialVersionUID = 1L;

	ChoicesModule() {
		setDeserializerModifier(new ToTheLetter());
	}

	private static final class ToTheLetter extends ValueDeserializerModifier {

		private static final long serialVersionUID = 1L;

		@Override
		public ValueDeserializer<?> modifyEnumDeserializer(DeserializationConfig config, JavaType type,
				BeanDescription.Supplier bean, ValueDeserializer<?> deserializer) {
			return new Choice(type.getRawClass());
		}

	}

	private static final class Choice extends ValueDeserializer<Object> {

		private final Class<?> type;

		private Choice(Class<?> type) {
			this.type = type;
		}

		@Override
		public Object deserialize(JsonParser parser, DeserializationContext context) {
			if (!parser.hasToken(JsonToken.VALUE_STRING)) {
				return context.handleUnexpectedToken(context.constructType(this.type), parser);
			}
			String text = parser.getString();
			for (Object choice : this.type.getEnumConstants()) {
				if (choice.toString().equals(text)) {
					return choice;
				}
			}
			return context.handleWeirdStringValue(this.type, text, "none of the choices");
		}

	}

}
