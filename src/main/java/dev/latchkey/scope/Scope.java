package dev.latchkey.scope;

import java.util.regex.Pattern;

/**
 * One entry of the catalogue: a right that can be given to a token. A feature declares
 * its scopes as beans of this type.
 *
 * @param name the name, for example {@code orders:read}
 * @param description what it allows, in a few words for the person who ticks it
 * @param role the lowest role whose holders may use it
 * @param overRights whether its holders may make or change credentials, accounts or
 * rights, so that each route that asks for it has to say whether it gives any
 */
public record Scope(String name, String description, Role role, boolean overRights) {

	private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_.-]*(?::[a-z][a-z0-9_.-]*)*+");

	public Scope {
		if (!isName(name)) {
			throw new IllegalArgumentException("'%s' is not the name of a scope".formatted(name));
		}
	}

	/**
	 * Declares a scope of a feature, which is not about rights.
	 */
	public Scope(String name, String description, Role role) {
		this(name, description, role, false);
	}

	static boolean isName(String candidate) {
		return NAME.matcher(candidate).matches();
	}

}
