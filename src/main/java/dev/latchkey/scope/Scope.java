package dev.latchkey.scope;

import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * One entry of the catalogue: a right that can be given to a token. A feature declares
 * its scopes as beans of this type; those of other services come from their resources.
 *
 * @param name the name, for example {@code orders:read}
 * @param description what it allows, in a few words for the person who ticks it
 * @param role the lowest role whose holders may use it
 * @param overRights whether its holders may make or change credentials, accounts or
 * rights, so that each route that asks for it has to say whether it gives any
 * @param resource the name of the service whose scope it is, or null for this server's
 * own
 * @param retiredAt since it is set nobody is given the scope any more, and from that time
 * on nobody has it; null while it is in use
 */
public record Scope(String name, String description, Role role, boolean overRights, @Nullable String resource,
		@Nullable Instant retiredAt) {

	/** The name under which this server stands among the resources. */
	public static final String THIS_SERVER = "latchkey";

	private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_.-]*(?::[a-z][a-z0-9_.-]*)*+");

	public Scope {
		if (!isName(name)) {
			throw new IllegalArgumentException("'%s' is not the name of a scope".formatted(name));
		}
	}

	/**
	 * Declares a scope of this server.
	 */
	public Scope(String name, String description, Role role, boolean overRights) {
		this(name, description, role, overRights, null, null);
	}

	/**
	 * Declares a scope of a feature, which is not about rights.
	 */
	public Scope(String name, String description, Role role) {
		this(name, description, role, false);
	}

	/**
	 * Returns the name of the service whose scope it is, {@link #THIS_SERVER} for an own
	 * one.
	 */
	public String resourceName() {
		return (this.resource != null) ? this.resource : THIS_SERVER;
	}

	/**
	 * Returns whether nobody has the scope any more.
	 */
	public boolean isRetiredAt(Instant now) {
		return this.retiredAt != null && !now.isBefore(this.retiredAt);
	}

	/**
	 * Returns the first part of the name, which belongs to one resource alone.
	 */
	public static String firstPart(String name) {
		int end = name.indexOf(':');
		return (end < 0) ? name : name.substring(0, end);
	}

	/**
	 * Returns the wildcards that cover a scope.
	 */
	public static Set<String> wildcardsOver(String name) {
		Set<String> wildcards = new HashSet<>();
		for (int end = name.indexOf(':'); end >= 0; end = name.indexOf(':', end + 1)) {
			wildcards.add(name.substring(0, end) + ":*");
		}
		return wildcards;
	}

	/**
	 * Returns whether this has the form of a scope's name.
	 */
	public static boolean isName(String candidate) {
		return NAME.matcher(candidate).matches();
	}

}
