package dev.latchkey.startup;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import dev.latchkey.startup.KnownSettings.Setting;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.logging.structured.StructuredLogFormatter;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.util.ClassUtils;

/**
 * Reads every setting of ours before anything starts, and stops the start with a line for
 * each that does not exist or cannot be what it says.
 * <p>
 * Spring Boot ignores a name that nobody asks for, takes a number without a unit for
 * milliseconds, and stops at the first value that it cannot read.
 */
public class SettingsCheck implements ApplicationContextInitializer<ConfigurableApplicationContext>, Ordered {

	private static final Pattern BARE_NUMBER = Pattern.compile("\\s*[+-]?[0-9]+\\s*");

	// Spring Boot would read 015 as octal, 0x10 as hexadecimal, and digits of any script.
	private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)");

	private static final Pattern ZERO = Pattern.compile("\\s*0+\\s*");

	private static final Pattern NEGATIVE = Pattern.compile("\\s*(-|P[^-]*-|PT[^-]*-).*");

	/** What each is called by whoever sets it. */
	private static final Map<String, String> LOG_FORMATS = Map.of("logging.structured.format.console",
			"LATCHKEY_LOG_FORMAT (logging.structured.format.console)", "logging.structured.format.file",
			"logging.structured.format.file");

	@Override
	public int getOrder() {
		return HIGHEST_PRECEDENCE;
	}

	@Override
	public void initialize(ConfigurableApplicationContext context) {
		KnownSettings known = KnownSettings.load(SettingsCheck.class.getClassLoader());
		ConfigurableEnvironment environment = context.getEnvironment();
		leaveBareGroups(known, environment);
		Set<String> faults = new LinkedHashSet<>(unknown(known, environment));
		faults.addAll(unknownLogFormats(environment));
		Binder binder = Binder.get(environment);
		Iterable<ConfigurationPropertySource> sources = ConfigurationPropertySources.get(environment);
		for (Setting setting : known.all()) {
			(WrittenNumbers.isOther(setting.name(), sources) ? Optional.of(unreadable(setting))
					: fault(setting, binder))
				.ifPresent(faults::add);
		}
		if (faults.isEmpty()) {
			known.groups().forEach((type, name) -> faults.addAll(faults(name, type, binder)));
		}
		if (!faults.isEmpty()) {
			throw new StartupFailure(List.copyOf(faults));
		}
	}

	/**
	 * Variables such as LATCHKEY_CACHE are another program's, and bind to nothing here.
	 */
	private static void leaveBareGroups(KnownSettings known, ConfigurableEnvironment environment) {
		for (PropertySource<?> source : environment.getPropertySources()) {
			if (source instanceof SystemEnvironmentPropertySource variables
					&& Arrays.stream(variables.getPropertyNames()).anyMatch(known::isBareGroup)) {
				Map<String, Object> others = new HashMap<>(variables.getSource());
				others.keySet().removeIf(known::isBareGroup);
				environment.getPropertySources()
					.replace(source.getName(), new SystemEnvironmentPropertySource(source.getName(), others));
			}
		}
	}

	private static List<String> unknown(KnownSettings known, ConfigurableEnvironment environment) {
		List<String> faults = new ArrayList<>();
		for (PropertySource<?> source : environment.getPropertySources()) {
			if (source instanceof EnumerablePropertySource<?> enumerable) {
				for (String name : enumerable.getPropertyNames()) {
					boolean variable = source instanceof SystemEnvironmentPropertySource && name.indexOf('.') < 0;
					(variable ? known.faultOfVariable(name) : known.faultOf(name)).ifPresent(faults::add);
				}
			}
		}
		return faults;
	}

	private static List<String> unknownLogFormats(ConfigurableEnvironment environment) {
		return LOG_FORMATS.entrySet().stream().filter((format) -> {
			String value = environment.getProperty(format.getKey(), "");
			return !value.isEmpty() && !Set.of("ecs", "gelf", "logstash").contains(value.toLowerCase(Locale.ROOT))
					&& !isFormatter(value);
		})
			.map((format) -> "Setting %s cannot be read; meant is ecs, gelf or logstash.".formatted(format.getValue()))
			.toList();
	}

	/** Spring Boot takes the name of a class, too. */
	private static boolean isFormatter(String name) {
		ClassLoader loader = SettingsCheck.class.getClassLoader();
		return ClassUtils.isPresent(name, loader)
				&& StructuredLogFormatter.class.isAssignableFrom(ClassUtils.resolveClassName(name, loader));
	}

	private static Optional<String> fault(Setting setting, Binder binder) {
		try {
			if (setting.entry().isPresent()) {
				// Read with the group that it is in.
				return Optional.empty();
			}
			if (setting.isList()) {
				binder.bind(setting.name(), Bindable.listOf(String.class));
				return Optional.empty();
			}
			String text = binder.bind(setting.name(), String.class).orElse(null);
			if (text == null) {
				return Optional.empty();
			}
			Class<?> type = Class.forName(setting.type().replaceFirst("<.*", ""));
			boolean readable = type == String.class
					|| (!text.isBlank() && !(setting.hasUnit() && lacksUnitOrIsNegative(text))
							&& !(setting.isNumber() && !NUMBER.matcher(text).matches())
							&& binder.bind(setting.name(), Bindable.of(type)).isBound());
			return readable ? Optional.empty() : Optional.of(unreadable(setting));
		}
		catch (BindException | IllegalArgumentException ex) {
			return Optional.of(unreadable(setting));
		}
		catch (ClassNotFoundException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static boolean lacksUnitOrIsNegative(String text) {
		return NEGATIVE.matcher(text).matches()
				|| (BARE_NUMBER.matcher(text).matches() && !ZERO.matcher(text).matches());
	}

	private static String unreadable(Setting setting) {
		return "Setting %s cannot be read; meant is %s.".formatted(setting.name(), setting.meant());
	}

	// What the records refuse by themselves: values that do not go together among them.
	private static List<String> faults(String group, Class<?> type, Binder binder) {
		try {
			binder.bindOrCreate(group, Bindable.of(type));
			return List.of();
		}
		catch (BindException ex) {
			for (Throwable cause = ex; cause != null; cause = cause.getCause()) {
				if (cause instanceof StartupFailure invalid) {
					return invalid.lines();
				}
			}
			return List.of("Setting %s cannot be read.".formatted(ex.getName()));
		}
	}

}
