package dev.latchkey.openapi;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import org.jspecify.annotations.Nullable;

/**
 * Finds out which schema is which record's, and writes what is one text in a body as one,
 * whatever stands in its class.
 */
class RecordSchemas implements ModelConverter {

	private final ObjectMapper mapper;

	private final Map<String, Class<?>> records = new ConcurrentHashMap<>();

	RecordSchemas(ObjectMapper mapper) {
		this.mapper = mapper;
	}

	@Override
	public @Nullable Schema<?> resolve(AnnotatedType type, ModelConverterContext context,
			Iterator<ModelConverter> chain) {
		Class<?> raw = this.mapper.constructType(type.getType()).getRawClass();
		if (raw == UUID.class || isText(raw)) {
			return new StringSchema();
		}
		Schema<?> schema = chain.hasNext() ? chain.next().resolve(type, context, chain) : null;
		if (raw.isRecord() && schema != null) {
			String name = (schema.get$ref() != null) ? schema.get$ref().substring(schema.get$ref().lastIndexOf('/') + 1)
					: schema.getName();
			if (name != null) {
				this.records.put(name, raw);
			}
		}
		return schema;
	}

	/**
	 * Returns the record that a schema describes, or null where it is none's.
	 */
	@Nullable Class<?> recordOf(String schema) {
		return this.records.get(schema);
	}

	private static boolean isText(Class<?> type) {
		if (type.isEnum() || !type.getPackageName().startsWith("dev.latchkey.")) {
			return false;
		}
		return Arrays.stream(type.getDeclaredMethods()).anyMatch(RecordSchemas::isText)
				|| Arrays.stream(type.getDeclaredConstructors()).anyMatch(RecordSchemas::isText);
	}

	private static boolean isText(Method method) {
		return method.isAnnotationPresent(JsonValue.class) || isDelegating(method.getAnnotation(JsonCreator.class));
	}

	private static boolean isText(Constructor<?> constructor) {
		return isDelegating(constructor.getAnnotation(JsonCreator.class));
	}

	private static boolean isDelegating(@Nullable JsonCreator creator) {
		return creator != null && creator.mode() == JsonCreator.Mode.DELEGATING;
	}

}
