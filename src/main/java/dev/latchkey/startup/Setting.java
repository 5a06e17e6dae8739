package dev.latchkey.startup;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * A setting that exists.
 *
 * @param name its name, in kebab case
 * @param type its Java type, with type arguments
 * @param description what it is, or empty
 * @param defaultValue what counts where nothing is set, as it would be written, or null
 * for nothing
 */
record Setting(String name, String type, String description, @Nullable String defaultValue) {

	private static final String DURATION = "java.time.Duration";

	private static final String LIFETIME = "dev.latchkey.token.Lifetime";

	private static final String SIZE = "org.springframework.util.unit.DataSize";

	private static final List<String> WITH_UNIT = List.of(DURATION, LIFETIME, SIZE);

	/**
	 * What is never repeated. The address for listening may have a password in it, and
	 * headers are how one proves who he is.
	 */
	private static final Pattern SECRET = Pattern.compile(".*[.-](password|pepper|keys?|secret|listen-url|headers)");

	/** A tag of Javadoc around plain words, as the annotation processor copies it. */
	private static final Pattern JAVADOC = Pattern.compile("\\{@\\w+ ([^}]*)}");

	boolean isNumber() {
		return List.of("java.lang.Integer", "java.lang.Long").contains(this.type);
	}

	boolean isList() {
		return this.type.startsWith("java.util.List") || this.type.startsWith("java.util.Set");
	}

	/** The record that the entries of the list are, or empty. */
	Optional<String> entry() {
		return this.type.startsWith("java.util.List<dev.latchkey.")
				? Optional.of(this.type.replaceFirst("^[^<]*<", "").replaceFirst(">$", "")) : Optional.empty();
	}

	boolean hasUnit() {
		return WITH_UNIT.contains(this.type);
	}

	boolean isSecret() {
		return SECRET.matcher(this.name).matches();
	}

	/**
	 * Says how a value is written, with its unit.
	 */
	String form() {
		return switch (this.type) {
			case DURATION -> "a duration with its unit, such as 30s, 15m, 12h or 90d";
			case LIFETIME -> "a duration with its unit, such as 12h or 90d, or never";
			case SIZE -> "a size with its unit, such as 64KB";
			case "java.lang.Boolean" -> "true or false";
			case "java.lang.Integer", "java.lang.Long" -> "a whole number";
			default -> isList() ? "a list" : "a text";
		};
	}

	/** What it is, in plain words. */
	String words() {
		return JAVADOC.matcher(this.description.strip())
			.replaceAll("$1")
			.replaceAll("\\s+", " ")
			.replaceFirst("\\.$", "");
	}

	/**
	 * Says what is meant, for an operator who typed something else.
	 */
	String meant() {
		List<String> parts = new ArrayList<>();
		if (hasUnit() || isNumber() || this.type.equals("java.lang.Boolean")) {
			parts.add(form());
		}
		if (!this.description.isBlank()) {
			parts.add(words());
		}
		return String.join(": ", parts);
	}

}
