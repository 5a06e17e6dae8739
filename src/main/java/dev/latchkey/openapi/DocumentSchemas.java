package dev.latchkey.openapi;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * The bodies of a document. In what the server sends each field is there, and null only
 * where its record says so; what a client has to send is said by the texts, since a
 * request is read before it is judged.
 */
class DocumentSchemas {

	private static final String REF = "$ref";

	private static final String TYPE = "type";

	private final Map<String, Object> schemas = new TreeMap<>();

	private final RecordSchemas records;

	private final DocumentTexts texts;

	DocumentSchemas(Map<String, Object> read, RecordSchemas records, DocumentTexts texts) {
		this.records = records;
		this.texts = texts;
		this.schemas.putAll(read);
	}

	/**
	 * Completes all schemas.
	 * @param requests the bodies that clients send
	 */
	void complete(Object requests) {
		Set<String> sent = new LinkedHashSet<>();
		collect(requests, sent);
		this.schemas.forEach((name, schema) -> complete(name, Nodes.object(this.schemas, name), sent.contains(name)));
		this.texts.schemas().forEach((name, schema) -> {
			Map<String, Object> text = Nodes.object(this.texts.schemas(), name);
			// What is written about a body that there is not is written about nothing.
			if (this.schemas.containsKey(name) || text.containsKey(TYPE)) {
				Nodes.merge(Nodes.made(this.schemas, name), text);
			}
		});
		this.schemas.values().forEach((schema) -> Nodes.walk(schema, this::describeFields));
	}

	/** Leaves out what nothing refers to. */
	Map<String, Object> usedBy(Object... parts) {
		Set<String> used = new LinkedHashSet<>();
		for (Object part : parts) {
			collect(part, used);
		}
		this.schemas.keySet().retainAll(used);
		return this.schemas;
	}

	/**
	 * Returns an example of a schema, made from those of its fields.
	 */
	@Nullable Object example(Map<String, Object> schema) {
		String ref = Nodes.text(schema, REF);
		if (ref != null) {
			return example(Nodes.object(this.schemas, name(ref)));
		}
		if (schema.get("examples") instanceof List<?> examples && !examples.isEmpty()) {
			return examples.get(0);
		}
		if (schema.get("enum") instanceof List<?> choices) {
			return choices.get(0);
		}
		if (schema.containsKey("anyOf")) {
			return example(Nodes.objects(schema, "anyOf").get(0));
		}
		if (schema.containsKey("properties")) {
			Map<String, Object> example = new LinkedHashMap<>();
			Map<String, Object> properties = Nodes.object(schema, "properties");
			properties.keySet().forEach((name) -> example.put(name, example(Nodes.object(properties, name))));
			return example;
		}
		return schema.containsKey("items") ? Collections.singletonList(example(Nodes.object(schema, "items"))) : null;
	}

	private void collect(@Nullable Object part, Set<String> names) {
		Nodes.walk(part, (node) -> {
			String ref = Nodes.text(node, REF);
			if (ref != null && ref.startsWith("#/components/schemas/") && names.add(name(ref))) {
				collect(this.schemas.get(name(ref)), names);
			}
		});
	}

	private void complete(String name, Map<String, Object> schema, boolean sent) {
		Map<String, Object> properties = Nodes.object(schema, "properties");
		schema.remove("required");
		Class<?> type = this.records.recordOf(name);
		if (type == null) {
			return;
		}
		if (sent) {
			schema.put("additionalProperties", false);
			return;
		}
		List<String> required = new ArrayList<>();
		for (RecordComponent component : type.getRecordComponents()) {
			String field = snakeCase(component.getName());
			if (!properties.containsKey(field)) {
				continue;
			}
			JsonFormat format = component.getAccessor().getAnnotation(JsonFormat.class);
			if (format != null && format.shape() == JsonFormat.Shape.STRING) {
				properties.put(field, new LinkedHashMap<>(Map.of(TYPE, "string")));
			}
			if (isAlwaysThere(component, type)) {
				required.add(field);
				if (component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
					properties.put(field, orNull(Nodes.object(properties, field)));
				}
			}
		}
		if (!required.isEmpty()) {
			schema.put("required", required);
		}
	}

	private static boolean isAlwaysThere(RecordComponent component, Class<?> type) {
		JsonInclude own = component.getAccessor().getAnnotation(JsonInclude.class);
		JsonInclude all = type.getAnnotation(JsonInclude.class);
		JsonInclude include = (own != null) ? own : all;
		return include == null || include.value() != JsonInclude.Include.NON_NULL;
	}

	private static Map<String, Object> orNull(Map<String, Object> schema) {
		Map<String, Object> nullable = new LinkedHashMap<>(schema);
		if (schema.get(TYPE) instanceof String type) {
			nullable.put(TYPE, List.of(type, "null"));
			if (schema.get("enum") instanceof List<?> choices) {
				List<@Nullable Object> withNull = new ArrayList<>(choices);
				withNull.add(null);
				nullable.put("enum", withNull);
			}
			return nullable;
		}
		return schema.containsKey(REF) ? new LinkedHashMap<>(Map.of("anyOf", List.of(schema, Map.of(TYPE, "null"))))
				: nullable;
	}

	private void describeFields(Map<String, Object> schema) {
		Map<String, Object> properties = Nodes.object(schema, "properties");
		for (String field : List.copyOf(properties.keySet())) {
			if (properties.get(field) instanceof Map) {
				Map<String, Object> described = new LinkedHashMap<>(this.texts.field(field));
				Nodes.merge(described, Nodes.object(properties, field));
				properties.put(field, described);
			}
		}
	}

	private static String name(String ref) {
		return ref.substring(ref.lastIndexOf('/') + 1);
	}

	private static String snakeCase(String name) {
		return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
	}

}
