package dev.latchkey.startup;

import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Settings that one place gives twice, in two spellings and with two values: as
 * {@code retired-pepper} and {@code retiredPepper}, or a list as a whole and entry by
 * entry. Spring Boot would take one of them and say nothing. Between places there is an
 * order: an argument counts before a variable, and that before a file.
 */
final class DoubledSettings {

	private final KnownSettings known;

	DoubledSettings(KnownSettings known) {
		this.known = known;
	}

	/**
	 * Finds what is wrong, a line for each setting, without its values.
	 */
	Collection<String> faults(ConfigurableEnvironment environment) {
		Map<String, String> faults = new TreeMap<>();
		for (PropertySource<?> source : environment.getPropertySources()) {
			if (source instanceof EnumerablePropertySource<?> place) {
				look(place, faults);
			}
		}
		return faults.values();
	}

	private void look(EnumerablePropertySource<?> place, Map<String, String> faults) {
		Map<String, String> spellings = new TreeMap<>();
		Arrays.stream(place.getPropertyNames()).sorted().forEach((name) -> uniform(place, name).ifPresent((uniform) -> {
			String other = spellings.putIfAbsent(uniform, name);
			if (other != null && !isAlike(place, name, other)) {
				faults.putIfAbsent(uniform, line(uniform, other, name));
			}
		}));
		spellings.forEach((uniform, name) -> {
			String list = KnownSettings.listOf(uniform);
			String whole = spellings.get(list);
			if (whole != null && !list.equals(uniform)) {
				faults.putIfAbsent(list, line(list, whole, name));
			}
		});
	}

	/** A variable without a value is not set. */
	private static boolean isAlike(EnumerablePropertySource<?> place, String one, String other) {
		String value = value(place, one);
		String otherValue = value(place, other);
		boolean isUnset = place instanceof SystemEnvironmentPropertySource && (value.isEmpty() || otherValue.isEmpty());
		return isUnset || value.equals(otherValue);
	}

	private static String value(EnumerablePropertySource<?> place, String name) {
		return String.valueOf(place.getProperty(name));
	}

	private Optional<String> uniform(EnumerablePropertySource<?> place, String name) {
		boolean variable = place instanceof SystemEnvironmentPropertySource && name.indexOf('.') < 0;
		return variable ? this.known.uniformOfVariable(name) : this.known.uniformOf(name);
	}

	private String line(String uniform, String one, String other) {
		return "Setting %s is given twice in one place, as %s and as %s, and not alike; leave one of them out."
			.formatted(this.known.nameOf(uniform), KnownSettings.printable(one), KnownSettings.printable(other));
	}

}
