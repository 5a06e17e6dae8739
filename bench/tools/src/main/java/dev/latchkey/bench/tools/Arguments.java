package dev.latchkey.bench.tools;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

record Arguments(Map<String, String> values) {

	static Arguments parse(String[] args) {
		Map<String, String> values = new HashMap<>();
		for (String arg : args) {
			int equals = arg.indexOf('=');
			if (!arg.startsWith("--") || equals < 0) {
				throw new IllegalArgumentException("expected --name=value, not " + arg);
			}
			values.put(arg.substring(2, equals), arg.substring(equals + 1));
		}
		return new Arguments(values);
	}

	String text(String name) {
		String value = this.values.get(name);
		if (value == null) {
			throw new IllegalArgumentException("--" + name + " is missing");
		}
		return value;
	}

	String text(String name, String fallback) {
		return this.values.getOrDefault(name, fallback);
	}

	Path path(String name) {
		return Path.of(text(name));
	}

	int number(String name, int fallback) {
		return Integer.parseInt(text(name, Integer.toString(fallback)));
	}

}
