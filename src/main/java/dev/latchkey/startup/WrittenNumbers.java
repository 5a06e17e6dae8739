package dev.latchkey.startup;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.PropertySourceOrigin;
import org.springframework.boot.origin.TextResourceOrigin;
import org.springframework.boot.origin.TextResourceOrigin.Location;
import org.springframework.core.io.Resource;

/**
 * Numbers as they stand in a YAML file. What is read there without quotes has become a
 * number before anybody asks for it: 13 where {@code 015} stands, 5400 for
 * {@code 1:30:00}.
 */
final class WrittenNumbers {

	/** Behind an anchor or a tag, where there is one. */
	private static final Pattern SCALAR = Pattern.compile("(?:[&!]\\S*\\s+)*([^\\s,}\\]#]+)");

	private WrittenNumbers() {
	}

	/**
	 * Returns how a setting is written that is a number and is written otherwise than in
	 * plain decimal digits, or null for every other setting.
	 */
	static @Nullable String read(String setting, Iterable<ConfigurationPropertySource> sources) {
		ConfigurationPropertyName name = ConfigurationPropertyName.ofIfValid(setting);
		if (name == null) {
			return null;
		}
		for (ConfigurationPropertySource source : sources) {
			ConfigurationProperty property = source.getConfigurationProperty(name);
			if (property != null) {
				String written = (property.getValue() instanceof Number) ? written(property.getOrigin()) : null;
				return (written != null && !written.equals(String.valueOf(property.getValue()))) ? written : null;
			}
		}
		return null;
	}

	private static @Nullable String written(@Nullable Origin origin) {
		Origin place = (origin instanceof PropertySourceOrigin of) ? of.getOrigin() : origin;
		if (!(place instanceof TextResourceOrigin text)) {
			return null;
		}
		Resource file = text.getResource();
		Location location = text.getLocation();
		return (file != null && location != null) ? written(file, location) : null;
	}

	private static @Nullable String written(Resource file, Location location) {
		try (BufferedReader reader = new BufferedReader(
				new InputStreamReader(file.getInputStream(), StandardCharsets.UTF_8))) {
			String line = reader.lines().skip(location.getLine()).findFirst().orElse("");
			Matcher scalar = SCALAR.matcher(line);
			return (location.getColumn() < line.length() && scalar.find(location.getColumn())) ? scalar.group(1) : null;
		}
		catch (IOException ex) {
			throw new StartupFailure("A file of settings cannot be read a second time.", ex);
		}
	}

}
