package dev.latchkey.startup;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.PropertySourcesPlaceholdersResolver;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
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
 * each that does not exist or cannot be what it says: its name, what is meant, and what
 * stands there unless it is a secret. Where {@code latchkey.settings.lenient} is set,
 * names that do not exist are warned of instead.
 * <p>
 * Spring Boot ignores a name that nobody asks for, takes a number without a unit for
 * milliseconds, and stops at the first value that it cannot read.
 */
public class SettingsCheck implements ApplicationContextInitializer<ConfigurableApplicationContext>, Ordered {

	static final String LENIENT = "latchkey.settings.lenient";

	private static final Logger logger = LoggerFactory.getLogger(SettingsCheck.class);

	private static final Pattern BARE_NUMBER = Pattern.compile("\\s*[+-]?[0-9]+\\s*");

	// Spring Boot would read 015 as octal, 0x10 as hexadecimal, and digits of any script.
	private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)");

	private static final Pattern ZERO = Pattern.compile("\\s*0+\\s*");

	private static final Pattern NEGATIVE = Pattern.compile("\\s*(-|P[^-]*-|PT[^-]*-).*");

	/** Names that Spring Boot reads while the server starts, those of the log apart. */
	private static final Pattern OTHERS = Pattern.compile("(spring|server|management)\\.");

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
		leaveVariables(known, environment);
		Iterable<ConfigurationPropertySource> sources = ConfigurationPropertySources.get(environment);
		Set<String> lines = new LinkedHashSet<>(unknownLogFormats(environment, sources));
		lines.addAll(unresolved(environment));
		lines.addAll(new DoubledSettings(known).faults(environment));
		for (SettingFault fault : faults(known, environment, sources)) {
			lines
				.add("Setting %s %s; %s.".formatted(fault.setting(), fault.sentence(), StandingValue.of(fault.setting(),
						known.isSecret(fault.setting()), WrittenNumbers.read(fault.setting(), sources), sources)));
		}
		List<String> unknown = unknown(known, environment);
		if (isLenient(environment)) {
			unknown.forEach((line) -> logger.warn("{}", line));
		}
		else {
			lines.addAll(unknown);
		}
		if (!lines.isEmpty()) {
			throw new StartupFailure(List.copyOf(lines));
		}
	}

	/** A value that cannot be read is a fault of its own, and lets nothing through. */
	private static boolean isLenient(ConfigurableEnvironment environment) {
		try {
			return Binder.get(environment).bind(LENIENT, Boolean.class).orElse(false);
		}
		catch (BindException | IllegalArgumentException ex) {
			return false;
		}
	}

	/** One fault for each setting of ours: of two the first. */
	private static Collection<SettingFault> faults(KnownSettings known, ConfigurableEnvironment environment,
			Iterable<ConfigurationPropertySource> sources) {
		Map<String, SettingFault> faults = new LinkedHashMap<>();
		Binder binder = Binder.get(environment);
		for (Setting setting : known.all()) {
			if (WrittenNumbers.read(setting.name(), sources) != null || !isReadable(setting, binder)) {
				faults.put(setting.name(), unreadable(setting));
			}
		}
		Set<String> unreadable = Set.copyOf(faults.keySet());
		Binder others = without(unreadable, known, environment, sources);
		known.groups()
			.forEach((type, group) -> refused(group, type, others).stream()
				// What is said of two settings cannot be said where one has no value.
				.filter((fault) -> unreadable.stream().noneMatch(fault.sentence()::contains))
				.forEach((fault) -> faults.putIfAbsent(fault.setting(), fault)));
		return faults.values();
	}

	/**
	 * Reads everything but what cannot be read and what does not exist, so that the rest
	 * is looked at, too.
	 */
	private static Binder without(Set<String> settings, KnownSettings known, ConfigurableEnvironment environment,
			Iterable<ConfigurationPropertySource> sources) {
		List<ConfigurationPropertyName> names = settings.stream().map(ConfigurationPropertyName::of).toList();
		List<ConfigurationPropertySource> others = new ArrayList<>();
		sources.forEach((source) -> others.add(source.filter((name) -> known.isAdmitted(name.toString())
				&& names.stream().noneMatch((one) -> one.equals(name) || one.isAncestorOf(name)))));
		return new Binder(others, new PropertySourcesPlaceholdersResolver(environment));
	}

	/**
	 * Variables such as LATCHKEY_CACHE are another program's, and bind to nothing here.
	 * Those without a value are as if they were not there: what fills in templates writes
	 * them so where it knows nothing.
	 */
	private static void leaveVariables(KnownSettings known, ConfigurableEnvironment environment) {
		for (PropertySource<?> source : environment.getPropertySources()) {
			if (source instanceof SystemEnvironmentPropertySource variables) {
				Map<String, Object> others = new HashMap<>(variables.getSource());
				if (others.entrySet()
					.removeIf((variable) -> known.isBareGroup(variable.getKey())
							|| (isEmpty(variable.getValue()) && known.isNothingIfEmpty(variable.getKey())))) {
					environment.getPropertySources()
						.replace(source.getName(), new SystemEnvironmentPropertySource(source.getName(), others));
				}
			}
		}
	}

	private static boolean isEmpty(Object value) {
		return value.toString().isEmpty();
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

	private static List<String> unknownLogFormats(ConfigurableEnvironment environment,
			Iterable<ConfigurationPropertySource> sources) {
		return LOG_FORMATS.entrySet().stream().filter((format) -> {
			String value = environment.getProperty(format.getKey(), "");
			return !value.isEmpty() && !Set.of("ecs", "gelf", "logstash").contains(value.toLowerCase(Locale.ROOT))
					&& !isFormatter(value);
		})
			.map((format) -> "Setting %s cannot be read; expected ecs, gelf or logstash; %s."
				.formatted(format.getValue(), StandingValue.of(format.getKey(), false, null, sources)))
			.toList();
	}

	/** Spring Boot takes the name of a class, too. */
	private static boolean isFormatter(String name) {
		ClassLoader loader = SettingsCheck.class.getClassLoader();
		return ClassUtils.isPresent(name, loader)
				&& StructuredLogFormatter.class.isAssignableFrom(ClassUtils.resolveClassName(name, loader));
	}

	/** What refers to a setting that there is not, in a setting that is not ours. */
	private static List<String> unresolved(ConfigurableEnvironment environment) {
		Set<String> names = new LinkedHashSet<>();
		for (PropertySource<?> source : environment.getPropertySources()) {
			if (source instanceof EnumerablePropertySource<?> enumerable) {
				Arrays.stream(enumerable.getPropertyNames())
					.filter((name) -> OTHERS.matcher(name).lookingAt())
					.filter((name) -> String.valueOf(enumerable.getProperty(name)).contains("${"))
					.forEach(names::add);
			}
		}
		return names.stream()
			.filter((name) -> !isResolved(name, environment))
			.map((name) -> "Setting %s cannot be read; it refers to a setting that does not exist.".formatted(name))
			.toList();
	}

	private static boolean isResolved(String name, ConfigurableEnvironment environment) {
		try {
			environment.getProperty(name);
			return true;
		}
		catch (IllegalArgumentException ex) {
			return false;
		}
	}

	private static boolean isReadable(Setting setting, Binder binder) {
		try {
			if (setting.entry().isPresent()) {
				// Read with the group that it is in.
				return true;
			}
			if (setting.isList()) {
				binder.bind(setting.name(), Bindable.listOf(String.class));
				return true;
			}
			String text = binder.bind(setting.name(), String.class).orElse(null);
			if (text == null) {
				return true;
			}
			Class<?> type = Class.forName(setting.type().replaceFirst("<.*", ""));
			return type == String.class || (!text.isBlank() && !(setting.hasUnit() && lacksUnitOrIsNegative(text))
					&& !(setting.isNumber() && !NUMBER.matcher(text).matches())
					&& binder.bind(setting.name(), Bindable.of(type)).isBound());
		}
		catch (BindException | IllegalArgumentException ex) {
			return false;
		}
		catch (ClassNotFoundException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static boolean lacksUnitOrIsNegative(String text) {
		return NEGATIVE.matcher(text).matches()
				|| (BARE_NUMBER.matcher(text).matches() && !ZERO.matcher(text).matches());
	}

	private static SettingFault unreadable(Setting setting) {
		return new SettingFault(setting.name(), "cannot be read; expected " + setting.meant());
	}

	// What the records refuse by themselves: values that do not go together among them.
	private static List<SettingFault> refused(String group, Class<?> type, Binder binder) {
		try {
			binder.bindOrCreate(group, Bindable.of(type));
			return List.of();
		}
		catch (BindException ex) {
			for (Throwable cause = ex; cause != null; cause = cause.getCause()) {
				if (cause instanceof InvalidSettings invalid) {
					return invalid.faults();
				}
			}
			return List.of(new SettingFault(ex.getName().toString(), "cannot be read"));
		}
	}

}
