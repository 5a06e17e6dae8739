package dev.latchkey.cli;

import java.util.LinkedHashMap;
import java.util.Map;

import dev.latchkey.caller.User;

/**
 * An account as a result for machines, by the names that the API has.
 */
final class AccountJson {

	private AccountJson() {
	}

	static Map<String, Object> of(User user) {
		Map<String, Object> json = new LinkedHashMap<>();
		json.put("id", user.id().toString());
		json.put("email", user.email());
		json.put("name", user.name());
		json.put("roles", user.roles().stream().sorted().map(Enum::name).toList());
		json.put("enabled", user.enabled());
		return json;
	}

}
