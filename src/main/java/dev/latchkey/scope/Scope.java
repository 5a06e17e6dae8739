package dev.latchkey.scope;

import java.util.regex.Pattern;

/**
 * One entry of the catalogue: a right that can be given to a token. A feature declares
 * its scopes as beans of this type.
 *
 * @param name the name, for example {@code orders:read}
 * @param description what it allows, in a few words for the person who ticks it
 * @param role the lowest role whose holders may use it
 */
public record Scope(String name, String description, Role role) {

	private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_.-]*(:[a-z][a-z0-9_.-]*)*");

	public Scope {
		if (!isName(name)) {
			throw new IllegalArgumentException("'%s' is not the name of a scope".formatted(name));
		}
	}

	static boolean isName(String candidate) {
		return NAME.matcher(candidate).matches();
	}

}
