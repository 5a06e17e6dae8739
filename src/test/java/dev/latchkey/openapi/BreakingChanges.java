package dev.latchkey.openapi;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.latchkey.openapi.Documented.Operation;

/**
 * Finds what a client of the old document can no longer count on: routes, answers and
 * fields that are gone or of another type, and what a request has to say more than
 * before.
 */
final class BreakingChanges {

	private final Documented old;

	private final Documented now;

	private final List<String> found = new ArrayList<>();

	private BreakingChanges(Documented old, Documented now) {
		this.old = old;
		this.now = now;
	}

	static List<String> between(Documented old, Documented now) {
		BreakingChanges changes = new BreakingChanges(old, now);
		old.operations().forEach(changes::compare);
		return changes.found;
	}

	private void compare(Operation before) {
		Operation after = this.now.operations()
			.stream()
			.filter((one) -> one.toString().equals(before.toString()))
			.findFirst()
			.orElse(null);
		if (after == null) {
			this.found.add(before + " is gone");
			return;
		}
		if (!after.id().equals(before.id())) {
			this.found.add("%s has another operationId: %s".formatted(before, after.id()));
		}
		if (!before.scopes().containsAll(after.scopes())) {
			this.found.add("%s asks for more scopes: %s".formatted(before, after.scopes()));
		}
		compareParameters(before, after);
		Map<String, Object> bodies = Nodes.object(Nodes.object(before.node(), "requestBody"), "content");
		bodies.keySet().forEach((type) -> {
			if (after.content(type).isEmpty()) {
				this.found.add("%s takes no %s".formatted(before, type));
			}
			else {
				compareRequest(before + " " + type, before.body(type), after.body(type));
			}
		});
		before.statuses().stream().filter((status) -> status.startsWith("2")).forEach((status) -> {
			if (!after.statuses().contains(status)) {
				this.found.add("%s does not answer %s".formatted(before, status));
			}
			else {
				compareAnswers(before, after, status);
			}
		});
	}

	private void compareParameters(Operation before, Operation after) {
		Set<Object> known = new HashSet<>();
		Nodes.objects(before.node(), "parameters").forEach((parameter) -> {
			known.add(parameter.get("name"));
			if (Nodes.objects(after.node(), "parameters")
				.stream()
				.noneMatch((one) -> parameter.get("name").equals(one.get("name")))) {
				this.found.add("%s does not take the parameter %s".formatted(before, parameter.get("name")));
			}
		});
		Nodes.objects(after.node(), "parameters")
			.stream()
			.filter((one) -> Boolean.TRUE.equals(one.get("required")) && !known.contains(one.get("name")))
			.forEach((one) -> this.found.add("%s needs the parameter %s".formatted(before, one.get("name"))));
	}

	private void compareRequest(String place, Map<String, Object> before, Map<String, Object> after) {
		Set<String> needed = new HashSet<>(Nodes.texts(after, "required"));
		needed.removeAll(Nodes.texts(before, "required"));
		needed.forEach((field) -> this.found.add("%s needs the field %s".formatted(place, field)));
		Map<String, Object> fields = Nodes.object(before, "properties");
		fields.keySet().forEach((field) -> {
			Map<String, Object> now = Nodes.object(Nodes.object(after, "properties"), field);
			Map<String, Object> then = Nodes.object(fields, field);
			if (now.isEmpty()) {
				this.found.add("%s does not take the field %s".formatted(place, field));
			}
			else if (!types(now).containsAll(types(then))
					|| (now.containsKey("enum") && !Nodes.texts(now, "enum").containsAll(Nodes.texts(then, "enum")))) {
				this.found.add("%s takes less in the field %s".formatted(place, field));
			}
		});
	}

	private void compareAnswers(Operation before, Operation after, String status) {
		Map<String, Object> then = Nodes.object(before.response(status), "content");
		Map<String, Object> now = Nodes.object(after.response(status), "content");
		then.keySet().forEach((type) -> {
			if (!now.containsKey(type)) {
				this.found.add("%s does not answer %s".formatted(before, type));
			}
			else {
				compareAnswer("%s %s".formatted(before, status), Nodes.object(Nodes.object(then, type), "schema"),
						Nodes.object(Nodes.object(now, type), "schema"), new HashSet<>());
			}
		});
	}

	private void compareAnswer(String place, Map<String, Object> before, Map<String, Object> after, Set<Object> seen) {
		if (before.get("$ref") != null && !seen.add(before.get("$ref"))) {
			return;
		}
		Map<String, Object> then = this.old.resolved(before);
		Map<String, Object> now = this.now.resolved(after);
		if (!types(then).containsAll(types(now))) {
			this.found.add("%s has another type: %s".formatted(place, types(now)));
		}
		Map<String, Object> fields = Nodes.object(then, "properties");
		fields.keySet().forEach((field) -> {
			String inside = place + "." + field;
			if (!Nodes.object(now, "properties").containsKey(field)) {
				this.found.add(inside + " is gone");
				return;
			}
			if (Nodes.texts(then, "required").contains(field) && !Nodes.texts(now, "required").contains(field)) {
				this.found.add(inside + " is not always there");
			}
			compareAnswer(inside, Nodes.object(fields, field), Nodes.object(Nodes.object(now, "properties"), field),
					seen);
		});
		if (then.containsKey("items")) {
			compareAnswer(place + "[]", Nodes.object(then, "items"), Nodes.object(now, "items"), seen);
		}
		List<Map<String, Object>> choices = Nodes.objects(now, "anyOf");
		for (Map<String, Object> choice : Nodes.objects(then, "anyOf")) {
			if (choice.get("$ref") != null) {
				compareAnswer(place, choice, choices.isEmpty() ? now : choices.get(0), seen);
			}
		}
	}

	private static Set<String> types(Map<String, Object> schema) {
		return (schema.get("type") instanceof String type) ? Set.of(type) : Set.copyOf(Nodes.texts(schema, "type"));
	}

}
