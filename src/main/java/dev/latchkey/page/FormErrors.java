package dev.latchkey.page;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import dev.latchkey.value.FieldFault;
import dev.latchkey.value.InvalidFieldsException;

/**
 * Turns refusals of the domain into sentences beside the fields of a form.
 */
public final class FormErrors {

	private static final Map<String, String> FIELDS = Map.of("expires_at", "expiration", "expires_in_days",
			"expiration");

	private static final Map<String, String> SUBJECTS = Map.ofEntries(Map.entry("name", "The name"),
			Map.entry("scopes", "The choice of scopes"), Map.entry("expiration", "The expiration"),
			Map.entry("allowed_ips", "The list of addresses"), Map.entry("rate_limit", "The rate"),
			Map.entry("email", "The address"), Map.entry("password", "The password"),
			Map.entry("roles", "The choice of roles"), Map.entry("grace_period", "The time"));

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
		return "%s %s.".formatted(SUBJECTS.getOrDefault(field, "This"), message);
	}

}
