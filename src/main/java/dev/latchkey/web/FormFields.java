package dev.latchkey.web;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The fields that the form of a page has. What is sent as one of them under another
 * spelling, twice where it is one, or as something else than yes or no where it is that,
 * no page of ours sends: taken as it comes, half of it would be lost or the opposite
 * done.
 */
public final class FormFields {

	/** What Spring's binder takes apart: a place in a list, a key, a path. */
	private static final Pattern PATH = Pattern.compile(".*[\\[\\].].*", Pattern.DOTALL);

	/** Before the name of a list: it is shown, so that none is chosen. */
	private static final String SHOWN = "_";

	/** Before the name of a field, Spring's binder finds a value for it. */
	private static final String OTHERWISE = "!";

	private static final String CSRF = "_csrf";

	private final Map<String, Kind> kinds;

	private FormFields(Map<String, Kind> kinds) {
		this.kinds = Map.copyOf(kinds);
	}

	/**
	 * Returns the fields with these names, as what they are read.
	 */
	public static FormFields of(Map<String, Class<?>> types) {
		Map<String, Kind> kinds = new HashMap<>(Map.of(CSRF, Kind.ONE));
		types.forEach((name, type) -> kinds.put(name, Kind.of(type)));
		return new FormFields(kinds);
	}

	/**
	 * Tells whether a form like this one can send these fields. A plain name that is no
	 * field's is nothing to it.
	 */
	public boolean admit(Map<String, String[]> sent) {
		return sent.entrySet().stream().allMatch((field) -> admit(field.getKey(), field.getValue()));
	}

	/**
	 * Tells whether one of these names is a place in a list, which Spring's binder takes
	 * apart and fails on if it is odd; also where a link fills a form in.
	 */
	boolean havePlaces(Set<String> names) {
		return names.stream()
			.filter((name) -> name.indexOf('[') > 0)
			.anyMatch((name) -> this.kinds.get(name.substring(0, name.indexOf('['))) == Kind.SEVERAL);
	}

	private boolean admit(String name, String[] values) {
		Kind kind = this.kinds.get(name);
		return switch ((kind != null) ? kind : Kind.NONE) {
			case SEVERAL -> true;
			case ONE -> values.length == 1;
			case FLAG -> values.length == 1 && List.of("true", "false").contains(values[0]);
			case NONE -> !PATH.matcher(name).matches() && !isMarked(name);
		};
	}

	private boolean isMarked(String name) {
		return name.startsWith(OTHERWISE)
				|| (name.startsWith(SHOWN) && this.kinds.get(name.substring(1)) != Kind.SEVERAL);
	}

	private enum Kind {

		ONE, FLAG, SEVERAL, NONE;

		static Kind of(Class<?> type) {
			if (type.isArray() || Collection.class.isAssignableFrom(type)) {
				return SEVERAL;
			}
			return (type == boolean.class || type == Boolean.class) ? FLAG : ONE;
		}

	}

}
