package dev.latchkey.moving;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.latchkey.problem.ProblemException;
import dev.latchkey.scope.ScopeCatalogue;
import dev.latchkey.scope.Scopes;
import dev.latchkey.value.InvalidValueException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What another system calls a right, in the names of this one's scopes. It reads a list
 * of them as JSON, as PHP serializes it, or with commas or spaces between them.
 */
final class ScopeMap {

	private static final int MOST = 100;

	private static final int MOST_SHOWN = 32;

	/** No secret in the wrong column: a key has 20 characters or more, and no colon. */
	private static final Pattern SHOWN = Pattern
		.compile("[A-Za-z][A-Za-z0-9_.*-]{0,18}|[A-Za-z][A-Za-z0-9_.*-]*:[A-Za-z0-9_.*:-]*|\\*");

	private static final Pattern PHP = Pattern.compile("a:[0-9]+:\\{(?:i:[0-9]+;s:[0-9]+:\"[^\"]*\";)*+\\}");

	private static final Pattern PHP_ENTRY = Pattern.compile("s:[0-9]+:\"([^\"]*)\";");

	private static final Pattern BETWEEN = Pattern.compile("[\\s,]+");

	private final Map<String, String> names;

	private final ScopeCatalogue catalogue;

	private final JsonMapper json;

	private ScopeMap(Map<String, String> names, ScopeCatalogue catalogue, JsonMapper json) {
		this.names = names;
		this.catalogue = catalogue;
		this.json = json;
	}

	/**
	 * Reads which name stands for which.
	 * @param given such as {@code read=orders:read,write=orders:write}, or null for all
	 * alike
	 */
	static ScopeMap of(@Nullable String given, ScopeCatalogue catalogue, JsonMapper json) {
		Map<String, String> names = new HashMap<>();
		for (String pair : (given != null) ? given.split(",", -1) : new String[0]) {
			int sign = pair.lastIndexOf('=');
			String old = (sign > 0) ? pair.substring(0, sign).strip() : "";
			String name = pair.substring(sign + 1).strip();
			if (old.isEmpty() || name.isEmpty() || names.put(old, name) != null) {
				throw ProblemException.invalid("scopes",
						"must be pairs such as read=orders:read,write=orders:write, each with another name before it");
			}
		}
		return new ScopeMap(names, catalogue, json);
	}

	/**
	 * Reads a list of rights.
	 * @throws InvalidValueException if it is none, or names none, or one that is no scope
	 */
	Scopes read(@Nullable String cell) {
		Set<String> scopes = new LinkedHashSet<>();
		for (String old : (cell != null) ? list(cell) : List.<String>of()) {
			String name = this.names.getOrDefault(old, old);
			if (!this.catalogue.admits(name)) {
				throw InvalidValueException.notAcceptable("it has a scope that does not exist here" + shown(name));
			}
			scopes.add(name);
		}
		if (scopes.isEmpty()) {
			throw InvalidValueException.notAcceptable("it has no scope");
		}
		if (scopes.size() > MOST) {
			throw InvalidValueException.notAcceptable("it has more than %d scopes".formatted(MOST));
		}
		return Scopes.of(scopes);
	}

	private List<String> list(String cell) {
		if (cell.startsWith("[")) {
			return jsonList(cell);
		}
		if (cell.startsWith("a:")) {
			return phpList(cell);
		}
		return BETWEEN.splitAsStream(cell).filter((name) -> !name.isEmpty()).toList();
	}

	private List<String> jsonList(String cell) {
		try {
			List<String> names = new ArrayList<>();
			for (JsonNode entry : this.json.readTree(cell)) {
				if (!entry.isString()) {
					throw unreadable();
				}
				names.add(entry.asString());
			}
			return names;
		}
		catch (JacksonException ex) {
			throw unreadable();
		}
	}

	/** {@code a:1:{i:0;s:1:"*";}}: nothing but a list of texts is understood. */
	private static List<String> phpList(String cell) {
		if (!PHP.matcher(cell).matches()) {
			throw unreadable();
		}
		List<String> names = new ArrayList<>();
		Matcher entry = PHP_ENTRY.matcher(cell);
		while (entry.find()) {
			names.add(entry.group(1));
		}
		return names;
	}

	private static InvalidValueException unreadable() {
		return InvalidValueException.notAcceptable("its scopes are no list of names");
	}

	private static String shown(String name) {
		return (name.length() <= MOST_SHOWN && SHOWN.matcher(name).matches()) ? ": " + name : "";
	}

}
