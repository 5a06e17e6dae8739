package dev.latchkey.startup;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.origin.PropertySourceOrigin;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * What stands where a setting is set, for the line that says what is wrong with it: as it
 * is written, before anything in it is replaced.
 */
final class StandingValue {

	private static final int LONGEST = 100;

	/** Who signs in with an address, before its host. */
	private static final Pattern USER = Pattern.compile("//[^/@\\s]*@");

	private StandingValue() {
	}

	/**
	 * Says what a setting is set to.
	 * @param setting the setting, which may be an entry of a list
	 * @param secret whether nobody may see it
	 * @param written how a number is written that has become another one, or null
	 * @param sources where settings come from, the first that has one counts
	 * @return the end of a sentence, such as {@code it is "90"}
	 */
	static String of(String setting, boolean secret, @Nullable String written,
			Iterable<ConfigurationPropertySource> sources) {
		ConfigurationPropertyName name = ConfigurationPropertyName.ofIfValid(setting);
		List<ConfigurationProperty> found = (name != null) ? find(name, sources) : List.of();
		if (found.isEmpty()) {
			return "it is not set";
		}
		String place = variable(found.get(0));
		if (secret) {
			return (place != null) ? "its value (%s) is not shown".formatted(place) : "its value is not shown";
		}
		String value = (written != null) ? written
				: String.join(",", found.stream().map((one) -> String.valueOf(one.getValue())).toList());
		return (place != null) ? "it is \"%s\" (%s)".formatted(printable(value), place)
				: "it is \"%s\"".formatted(printable(value));
	}

	private static List<ConfigurationProperty> find(ConfigurationPropertyName name,
			Iterable<ConfigurationPropertySource> sources) {
		for (ConfigurationPropertySource source : sources) {
			ConfigurationProperty whole = source.getConfigurationProperty(name);
			if (whole != null) {
				return List.of(whole);
			}
			List<ConfigurationProperty> entries = new ArrayList<>();
			ConfigurationProperty entry = source.getConfigurationProperty(name.append("[0]"));
			while (entry != null) {
				entries.add(entry);
				entry = source.getConfigurationProperty(name.append("[%d]".formatted(entries.size())));
			}
			if (!entries.isEmpty()) {
				return entries;
			}
		}
		return List.of();
	}

	/** The variable that has set it, or null. */
	private static @Nullable String variable(ConfigurationProperty property) {
		return (property.getOrigin() instanceof PropertySourceOrigin origin
				&& origin.getPropertySource() instanceof SystemEnvironmentPropertySource) ? origin.getPropertyName()
						: null;
	}

	private static String printable(String value) {
		String plain = USER.matcher(value).replaceAll("//****@").replaceAll("[\\p{C}\\p{Zl}\\p{Zp}]", "?");
		return (plain.length() > LONGEST) ? plain.substring(0, LONGEST) + "..." : plain;
	}

}
