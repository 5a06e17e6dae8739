package dev.latchkey.startup;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.net.URL;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The settings that exist, as Spring Boot's annotation processor writes them down from
 * the records that hold them.
 */
final class KnownSettings {

	static final String PREFIX = "latchkey.";

	private static final String METADATA = "META-INF/spring-configuration-metadata.json";

	/**
	 * Variables that Kubernetes and Docker make for a service whose name begins as ours.
	 */
	private static final Pattern SERVICE_LINK = Pattern
		.compile("LATCHKEY_.*(SERVICE_HOST|SERVICE_PORT.*|PORT|PORT_[0-9]+_(TCP|UDP).*)");

	private static final Pattern INDEX = Pattern.compile("(\\[[0-9]+]|\\.[0-9]+|_[0-9]+)$");

	private static final Pattern PLACE = Pattern.compile("\\[[0-9]+]|\\.[0-9]+(?=\\.|$)");

	private static final Pattern DOTTED_PLACE = Pattern.compile("\\.([0-9]+)(?=\\.|$)");

	private static final Pattern VARIABLE_ENTRY = Pattern.compile("(.*)_([0-9]+)");

	private static final Pattern VARIABLE_PLACE = Pattern.compile("_[0-9]+(?=_)");

	/** How many letters of a name may be wrong at the least, and it is still meant. */
	private static final int TYPING_ERRORS = 2;

	private final Map<String, Setting> byUniformName = new TreeMap<>();

	private final Map<String, Setting> byVariable = new TreeMap<>();

	/** Names within the entries of lists, with empty brackets for their places. */
	private final Set<String> inLists = new TreeSet<>();

	private final Map<Class<?>, String> groups = new LinkedHashMap<>();

	private final Set<String> groupNames = new TreeSet<>();

	private KnownSettings() {
	}

	/**
	 * Reads what the class path says.
	 * @throws IllegalStateException if it says nothing: the build lacked the processor
	 */
	static KnownSettings load(ClassLoader loader) {
		KnownSettings known = new KnownSettings();
		try {
			for (URL url : Collections.list(loader.getResources(METADATA))) {
				try (InputStream in = url.openStream()) {
					known.add(JsonMapper.shared().readTree(in), loader);
				}
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		if (known.byUniformName.isEmpty()) {
			throw new IllegalStateException("The class path has no " + METADATA + " that names a setting of Latchkey");
		}
		return known;
	}

	private void add(JsonNode metadata, ClassLoader loader) {
		for (JsonNode group : metadata.path("groups")) {
			String name = group.path("name").asString();
			// A nested group is bound with the one that it lies in.
			if ((name + ".").startsWith(PREFIX)
					&& group.path("type").asString().equals(group.path("sourceType").asString())) {
				this.groups.put(type(group.path("type").asString(), loader), name);
			}
		}
		for (JsonNode property : metadata.path("properties")) {
			String name = property.path("name").asString();
			if (name.startsWith(PREFIX)) {
				JsonNode usual = property.path("defaultValue");
				Setting setting = new Setting(name, property.path("type").asString(),
						property.path("description").asString(""), usual.isMissingNode() ? null : usual.asString());
				add(setting);
				setting.entry().ifPresent((entry) -> addEntry(uniform(name) + "[]", type(entry, loader)));
			}
		}
	}

	private void add(Setting setting) {
		String name = setting.name();
		this.byUniformName.put(uniform(name), setting);
		// The form of the reference, and the older one that keeps a place for each dash.
		this.byVariable.put(variable(name.replace("-", "")), setting);
		this.byVariable.put(variable(name.replace('-', '_')), setting);
		this.groupNames.add(groupOf(name));
	}

	/** What stands in a list may have lists itself. */
	private void addEntry(String place, Class<?> entry) {
		for (RecordComponent part : entry.getRecordComponents()) {
			String name = place + "." + uniform(part.getName());
			if (part.getGenericType() instanceof ParameterizedType list
					&& list.getActualTypeArguments()[0] instanceof Class<?> inner && inner.isRecord()) {
				addEntry(name + "[]", inner);
			}
			else {
				this.inLists.add(name);
			}
		}
	}

	private boolean isInList(String name) {
		return this.inLists.contains(PLACE.matcher(name).replaceAll("[]"));
	}

	private boolean isVariableInList(String variable) {
		String name = VARIABLE_PLACE.matcher(variable).replaceAll("[]").toLowerCase(Locale.ROOT);
		return this.inLists.stream().anyMatch((one) -> one.replace('.', '_').equals(name));
	}

	private static Class<?> type(String name, ClassLoader loader) {
		try {
			return Class.forName(name.replaceFirst("<.*", ""), false, loader);
		}
		catch (ClassNotFoundException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Returns whether what is set under a name may not be shown to anybody: a secret, or
	 * what is no setting of ours and may be one.
	 */
	boolean isSecret(String name) {
		Setting setting = this.byUniformName.get(uniform(INDEX.matcher(name).replaceFirst("")));
		return (setting != null) ? setting.isSecret() : !isInList(uniform(name));
	}

	/**
	 * Returns every setting, by name.
	 */
	Iterable<Setting> all() {
		return this.byUniformName.values();
	}

	/**
	 * Returns the records that hold the settings, each with the beginning of their names.
	 */
	Map<Class<?>, String> groups() {
		return this.groups;
	}

	/**
	 * Returns whether a name in a file or an argument is that of a setting, or not ours.
	 */
	boolean isAdmitted(String name) {
		String uniform = uniform(name);
		return !uniform.startsWith(PREFIX) || isKnown(this.byUniformName, uniform) || isInList(uniform);
	}

	/**
	 * Finds what is wrong with a name in a file or an argument.
	 * @return the fault, or empty for a name that is admitted
	 */
	Optional<String> faultOf(String name) {
		return isAdmitted(name) ? Optional.empty() : Optional.of(unknown(name, groupOf(uniform(name))));
	}

	/**
	 * Finds what is wrong with the name of an environment variable.
	 * @return the fault, or empty for a setting that exists, is in none of our groups or
	 * comes from an orchestrator
	 */
	Optional<String> faultOfVariable(String name) {
		String variable = name.toUpperCase(Locale.ROOT);
		String prefix = variable(PREFIX);
		if (!variable.startsWith(prefix) || isKnown(this.byVariable, variable) || isVariableInList(variable)
				|| SERVICE_LINK.matcher(variable).matches()) {
			return Optional.empty();
		}
		String rest = variable.substring(prefix.length()).toLowerCase(Locale.ROOT);
		return this.groupNames.stream()
			.filter((group) -> rest.startsWith(group.replace("-", "") + "_")
					|| rest.startsWith(group.replace('-', '_') + "_"))
			.findFirst()
			// In no group of ours it is another program's, unless it is all but one of
			// ours.
			.or(() -> NearestName.to(variable, this.byVariable.keySet(), TYPING_ERRORS))
			.map((group) -> unknownVariable(name, variable, group));
	}

	/**
	 * Returns whether a variable has the bare name of a group, in which case it is
	 * somebody else's: Spring would take it for the whole group.
	 */
	boolean isBareGroup(String variable) {
		String name = variable.toUpperCase(Locale.ROOT);
		return name.equals("LATCHKEY") || this.groupNames.stream()
			.map(PREFIX::concat)
			.anyMatch((group) -> name.equals(variable(group.replace("-", "")))
					|| name.equals(variable(group.replace('-', '_'))));
	}

	/**
	 * Returns whether a variable without a value says nothing: that of a list says that
	 * it is empty, and that of a secret that somebody meant to hand one over.
	 */
	boolean isNothingIfEmpty(String variable) {
		Setting setting = this.byVariable.get(variable.toUpperCase(Locale.ROOT));
		return setting != null && !setting.isList() && !setting.isSecret();
	}

	/**
	 * Returns what all spellings of a setting in a file or an argument have in common, or
	 * empty for what is no setting of ours.
	 */
	Optional<String> uniformOf(String name) {
		String uniform = uniform(name);
		return (uniform.startsWith(PREFIX) && isAdmitted(name))
				? Optional.of(DOTTED_PLACE.matcher(uniform).replaceAll("[$1]")) : Optional.empty();
	}

	/**
	 * Likewise for the name of an environment variable, where it names a setting or an
	 * entry of a list.
	 */
	Optional<String> uniformOfVariable(String name) {
		String variable = name.toUpperCase(Locale.ROOT);
		Matcher entry = VARIABLE_ENTRY.matcher(variable);
		Setting whole = this.byVariable.get(variable);
		if (whole != null || !entry.matches()) {
			return Optional.ofNullable(whole).map((setting) -> uniform(setting.name()));
		}
		return Optional.ofNullable(this.byVariable.get(entry.group(1)))
			.filter(Setting::isList)
			.map((list) -> "%s[%s]".formatted(uniform(list.name()), entry.group(2)));
	}

	/**
	 * Returns the list that an entry is in, by what all their spellings have in common.
	 */
	static String listOf(String uniform) {
		return INDEX.matcher(uniform).replaceFirst("");
	}

	/**
	 * Returns the name of a setting as it is written, by what all its spellings have in
	 * common.
	 */
	String nameOf(String uniform) {
		String list = listOf(uniform);
		return name(this.byUniformName, list) + uniform.substring(list.length());
	}

	private static boolean isKnown(Map<String, Setting> settings, String name) {
		if (settings.containsKey(name)) {
			return true;
		}
		Setting list = settings.get(INDEX.matcher(name).replaceFirst(""));
		return list != null && list.isList();
	}

	private String unknown(String name, String group) {
		String uniform = PLACE.matcher(uniform(name)).replaceAll("[]");
		Set<String> names = new TreeSet<>(this.byUniformName.keySet());
		names.addAll(this.inLists);
		String hint = NearestName.to(uniform, names, furthest(uniform))
			.map((nearest) -> "the nearest is " + name(this.byUniformName, nearest).replace("[]", "[n]"))
			.orElseGet(() -> others(group));
		return "Setting %s does not exist; %s.".formatted(printable(name), hint);
	}

	private String unknownVariable(String name, String variable, String group) {
		String hint = NearestName.to(variable, this.byVariable.keySet(), furthest(variable))
			.map((nearest) -> "the nearest is %s (%s)".formatted(nearest, name(this.byVariable, nearest)))
			.orElseGet(() -> others(group));
		return "Setting %s does not exist; %s.".formatted(printable(name), hint);
	}

	private static int furthest(String name) {
		return Math.max(TYPING_ERRORS, (name.length() - PREFIX.length()) / 3);
	}

	private static String name(Map<String, Setting> settings, String key) {
		Setting setting = settings.get(key);
		return (setting != null) ? setting.name() : key;
	}

	private String others(String group) {
		String prefix = PREFIX + group + ".";
		String known = this.byUniformName.values()
			.stream()
			.map(Setting::name)
			.filter((setting) -> setting.startsWith(prefix))
			.collect(Collectors.joining(", "));
		return known.isEmpty()
				? "the groups are " + this.groupNames.stream().map(PREFIX::concat).collect(Collectors.joining(", "))
				: "those of its group are " + known;
	}

	private static String groupOf(String name) {
		return name.substring(PREFIX.length()).replaceFirst("[.\\[].*", "");
	}

	static String printable(String name) {
		return name.replaceAll("\\p{Cntrl}", "?");
	}

	private static String variable(String name) {
		return name.replace('.', '_').toUpperCase(Locale.ROOT);
	}

	// As Spring Boot compares names: without regard to case, dashes and underscores.
	private static String uniform(String name) {
		return name.toLowerCase(Locale.ROOT).replaceAll("[-_]", "");
	}

}
