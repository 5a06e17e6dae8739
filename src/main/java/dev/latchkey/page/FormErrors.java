package dev.latchkey.page;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import dev.latchkey.language.Said;
import dev.latchkey.language.Words;
import dev.latchkey.value.FieldFault;
import dev.latchkey.value.InvalidFieldsException;

/**
 * Turns refusals of the domain into sentences beside the fields of a form.
 */
public final class FormErrors {

	private static final Map<String, String> FIELDS = Map.of("expires_at", "expiration", "expires_in_days",
			"expiration");

	private static final Set<String> SUBJECTS = Set.of("name", "scopes", "expiration", "allowed_ips", "rate_limit",
			"email", "password", "roles", "grace_period");

	private FormErrors() {
	}

	/**
	 * Returns a sentence, or several, for each field.
	 */
	public static Map<String, String> of(InvalidFieldsException refusal) {
		Map<String, String> faults = new LinkedHashMap<>();
		for (FieldFault violation : refusal.faults()) {
			String field = FIELDS.getOrDefault(violation.field(), violation.field());
			faults.merge(field, sentence(field, violation.message()), (one, other) -> one + " " + other);
		}
		return Collections.unmodifiableMap(faults);
	}

	private static String sentence(String field, String message) {
		String subject = Words.of("field." + (SUBJECTS.contains(field) ? field : "other"));
		return Words.of("field.sentence", subject, Said.of(message));
	}

}
