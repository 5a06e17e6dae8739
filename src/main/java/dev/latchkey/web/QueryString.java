package dev.latchkey.web;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Which parameters stand in a query, told apart from those of a form, which the container
 * puts into one map with them.
 */
final class QueryString {

	private QueryString() {
	}

	/**
	 * Returns how often each name stands there, in their order. What cannot be read, the
	 * container refuses, as soon as somebody asks it for a parameter.
	 */
	static Map<String, Integer> count(@Nullable String query) {
		Map<String, Integer> names = new LinkedHashMap<>();
		for (String parameter : (query != null) ? query.split("&") : new String[0]) {
			int equals = parameter.indexOf('=');
			String name = (equals < 0) ? parameter : parameter.substring(0, equals);
			if (!parameter.isEmpty()) {
				names.merge(decoded(name), 1, Integer::sum);
			}
		}
		return names;
	}

	private static String decoded(String name) {
		try {
			return URLDecoder.decode(name, StandardCharsets.UTF_8);
		}
		catch (IllegalArgumentException ex) {
			return name;
		}
	}

}
