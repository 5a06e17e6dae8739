package dev.latchkey.openapi;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * Parts of a document: objects and lists as JSON and YAML have them.
 */
final class Nodes {

	private Nodes() {
	}

	/**
	 * Returns an object whose fields stay in their order, so that the document is the
	 * same on every node.
	 * @param namesAndValues names and values in turn
	 */
	static Map<String, Object> of(Object... namesAndValues) {
		Map<String, Object> object = new LinkedHashMap<>();
		for (int i = 0; i < namesAndValues.length; i += 2) {
			object.put((String) namesAndValues[i], namesAndValues[i + 1]);
		}
		return object;
	}

	/**
	 * Returns the object under a name, or an empty one that does not belong to the
	 * document.
	 */
	@SuppressWarnings("unchecked")
	static Map<String, Object> object(Map<String, Object> parent, String name) {
		return (parent.get(name) instanceof Map<?, ?> child) ? (Map<String, Object>) child : new LinkedHashMap<>();
	}

	/**
	 * Returns the object under a name, which is made where there is none.
	 */
	static Map<String, Object> made(Map<String, Object> parent, String name) {
		Map<String, Object> child = object(parent, name);
		parent.put(name, child);
		return child;
	}

	/**
	 * Returns the objects of a list under a name, none where there is no list.
	 */
	@SuppressWarnings("unchecked")
	static List<Map<String, Object>> objects(Map<String, Object> parent, String name) {
		return (parent.get(name) instanceof List<?> list) ? (List<Map<String, Object>>) list : List.of();
	}

	/**
	 * Returns the texts of a list under a name, none where there is no list.
	 */
	static List<String> texts(Map<String, Object> parent, String name) {
		return (parent.get(name) instanceof List<?> list) ? list.stream().map(String::valueOf).toList() : List.of();
	}

	/**
	 * Returns the text under a name, or null where there is none.
	 */
	static @Nullable String text(Map<String, Object> parent, String name) {
		return (parent.get(name) instanceof String text) ? text : null;
	}

	/**
	 * Puts what the one has into the other: objects into objects, everything else in the
	 * place of what was there.
	 */
	@SuppressWarnings("unchecked")
	static void merge(Map<String, Object> into, Map<String, Object> from) {
		from.forEach((name, value) -> {
			if (value instanceof Map<?, ?> child) {
				Map<String, Object> copy = new LinkedHashMap<>(object(into, name));
				merge(copy, (Map<String, Object>) child);
				into.put(name, copy);
			}
			else {
				into.put(name, value);
			}
		});
	}

	/**
	 * Visits every object within a part of a document, outer ones first.
	 */
	@SuppressWarnings("unchecked")
	static void walk(@Nullable Object node, Consumer<Map<String, Object>> visitor) {
		if (node instanceof Map<?, ?> map) {
			visitor.accept((Map<String, Object>) map);
			new ArrayList<>(map.values()).forEach((child) -> walk(child, visitor));
		}
		else if (node instanceof List<?> list) {
			list.forEach((child) -> walk(child, visitor));
		}
	}

}
