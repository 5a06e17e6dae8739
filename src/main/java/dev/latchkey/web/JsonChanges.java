package dev.latchkey.web;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import dev.latchkey.problem.ProblemCode;
import dev.latchkey.problem.ProblemException;
import dev.latchkey.problem.Problems;
import dev.latchkey.value.Clearable;
import dev.latchkey.value.FieldFault;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.http.MediaType;

/**
 * Reads what null means in the body of a change, so that it never means by accident what
 * leaving out means, nor the other way round. In {@code application/json} it is refused;
 * in a merge patch (RFC 7396) it empties the fields that may be empty.
 */
class JsonChanges {

	private final JsonMapper json;

	JsonChanges(JsonMapper json) {
		this.json = json;
	}

	/**
	 * Returns the change with the value that empties a field in the place of null. What
	 * is no object, and fields that the change does not have, are left to whoever reads
	 * it.
	 * @param type the record that the change is read as
	 * @throws ProblemException with every field that cannot be null
	 */
	String withoutNulls(String document, Class<?> type, @Nullable MediaType form) {
		if (!document.contains("null") || !(read(document) instanceof ObjectNode change)) {
			return document;
		}
		List<FieldFault> faults = new ArrayList<>();
		boolean emptied = false;
		for (RecordComponent field : type.getRecordComponents()) {
			String name = nameInJson(field);
			if (change.path(name).isNull()) {
				Clearable clearable = field.getAnnotation(Clearable.class);
				boolean removes = ContentTypeInterceptor.MERGE_PATCH.equalsTypeAndSubtype(form);
				if (clearable != null && removes) {
					change.set(name, this.json.readTree(clearable.by()));
					emptied = true;
				}
				else {
					faults.add(new FieldFault(name, rule(clearable, removes)));
				}
			}
		}
		if (!faults.isEmpty() && canBeRead(change, type)) {
			throw new ProblemException(ProblemCode.VALIDATION_FAILED, Problems.INVALID_FIELDS, faults);
		}
		// Left as it came, it has its lines and columns, too.
		return emptied ? this.json.writeValueAsString(change) : document;
	}

	/** What is malformed is told before what is not acceptable, by whoever reads it. */
	private boolean canBeRead(ObjectNode change, Class<?> type) {
		try {
			this.json.treeToValue(change, type);
			return true;
		}
		catch (JacksonException ex) {
			return false;
		}
	}

	static String nameInJson(RecordComponent field) {
		return field.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
	}

	private static String rule(@Nullable Clearable clearable, boolean removes) {
		if (removes) {
			return "cannot be removed; leave it out to keep it";
		}
		return (clearable != null)
				? "cannot be null; send %s to empty it, leave it out to keep it".formatted(clearable.by())
				: "cannot be null; leave it out to keep it";
	}

	private @Nullable JsonNode read(String document) {
		try {
			return this.json.readTree(document);
		}
		catch (JacksonException ex) {
			return null;
		}
	}

}
