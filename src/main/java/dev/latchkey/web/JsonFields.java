package dev.latchkey.web;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import dev.latchkey.problem.FieldByField.Unread;
import dev.latchkey.value.FieldFault;
import dev.latchkey.value.FieldFaults;
import dev.latchkey.value.InvalidFieldsException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonPointer;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Reads a document field by field, each as if it stood alone, and of a list entry by
 * entry: the library stops at the first that it cannot read.
 */
class JsonFields {

	/** Nobody mends more at once. */
	private static final int MOST_TOLD = 20;

	private static final int MOST_LOOKED_AT = 200;

	private final JsonMapper json;

	private final Class<?> type;

	private final List<BodyRules<?>> rules;

	private final String document;

	/**
	 * Holds a document, to be read anew if it cannot be read as a whole.
	 * @param type what it is read as
	 * @param rules of any bodies
	 */
	JsonFields(JsonMapper json, String document, Class<?> type, List<BodyRules<?>> rules) {
		this.json = json;
		this.type = type;
		this.rules = rules;
		this.document = document;
	}

	/** Why it is no document, wherever it stops being one. */
	Optional<JacksonException> broken() {
		try {
			tree();
			return Optional.empty();
		}
		catch (JacksonException ex) {
			return Optional.of(ex);
		}
	}

	List<Unread> unread() {
		List<Unread> unread = new ArrayList<>();
		int looked = 0;
		for (Map.Entry<String, JsonNode> field : read().map(ObjectNode::properties).orElse(Set.of())) {
			unread.addAll(unread(field.getKey(), field.getValue()));
			looked++;
			if (unread.size() >= MOST_TOLD || looked >= MOST_LOOKED_AT) {
				break;
			}
		}
		return unread.subList(0, Math.min(MOST_TOLD, unread.size()));
	}

	/** Where the value of an unknown name begins, as the library tells it. */
	Optional<TokenStreamLocation> place(Unread unknown) {
		JsonPointer wanted = path(unknown);
		try (JsonParser parser = this.json.createParser(bytes())) {
			for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
				if (token == JsonToken.PROPERTY_NAME && wanted.equals(parser.streamReadContext().pathAsPointer())) {
					parser.nextToken();
					return Optional.of(parser.currentLocation());
				}
			}
		}
		catch (JacksonException ex) {
			return Optional.empty();
		}
		return Optional.empty();
	}

	/** An entry that was read alone was the first one. */
	private static JsonPointer path(Unread unread) {
		JsonPointer path = JsonPointer.empty();
		int before = unread.entry();
		for (JacksonException.Reference step : unread.failure().getPath()) {
			if (step.getPropertyName() != null) {
				path = path.appendProperty(step.getPropertyName());
			}
			else {
				path = path.appendIndex(step.getIndex() + before);
				before = 0;
			}
		}
		return path;
	}

	/** The rules of the body, for what is left of it without the fields named. */
	List<FieldFault> notAcceptable(Set<String> unread) {
		Optional<ObjectNode> read = read();
		if (read.isEmpty()) {
			return List.of();
		}
		ObjectNode rest = read.get();
		rest.remove(unread);
		return this.rules.stream()
			.filter((rule) -> rule.type() == this.type)
			.flatMap((rule) -> faults(rule, rest).stream())
			.filter((fault) -> !unread.contains(fault.field()))
			.toList();
	}

	private <T> List<FieldFault> faults(BodyRules<T> rule, ObjectNode rest) {
		try {
			FieldFaults faults = new FieldFaults();
			rule.note(this.json.treeToValue(rest, rule.type()), faults);
			faults.throwIfAny();
			return List.of();
		}
		catch (InvalidFieldsException ex) {
			return ex.faults();
		}
		catch (JacksonException | DataAccessException | TransactionException ex) {
			// What was not looked at, or nobody can ask now, is told when the rest is
			// right.
			return List.of();
		}
	}

	private List<Unread> unread(String name, JsonNode value) {
		JacksonException failure = failure(name, value).orElse(null);
		if (failure == null) {
			return List.of();
		}
		List<Unread> whole = List.of(new Unread(failure, 0));
		if (!isOfAnEntry(failure) || value.size() > MOST_LOOKED_AT) {
			return whole;
		}
		List<Unread> entries = new ArrayList<>();
		for (int i = 0; i < value.size() && entries.size() < MOST_TOLD; i++) {
			int place = i;
			failure(name, this.json.createArrayNode().add(value.get(i)))
				.ifPresent((alone) -> entries.add(new Unread(alone, place)));
		}
		return entries.isEmpty() ? whole : entries;
	}

	/** And not of the list itself, whatever its entries are. */
	private static boolean isOfAnEntry(JacksonException failure) {
		return failure.getPath().size() > 1 && failure.getPath().get(1).getPropertyName() == null;
	}

	private Optional<JacksonException> failure(String name, JsonNode value) {
		try {
			this.json.treeToValue(this.json.createObjectNode().set(name, value), this.type);
			return Optional.empty();
		}
		catch (JacksonException ex) {
			return Optional.of(ex);
		}
	}

	private Optional<ObjectNode> read() {
		try {
			return (tree() instanceof ObjectNode object) ? Optional.of(object) : Optional.empty();
		}
		catch (JacksonException ex) {
			return Optional.empty();
		}
	}

	private JsonNode tree() {
		return this.json.readTree(bytes());
	}

	/** As it came: columns are of bytes. */
	private byte[] bytes() {
		return this.document.getBytes(StandardCharsets.UTF_8);
	}

}
