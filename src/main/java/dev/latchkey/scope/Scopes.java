package dev.latchkey.scope;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The scopes written on a token: names and wildcards, without duplicates, in order.
 *
 * @param names the names; {@code orders:*} stands for every scope under {@code orders:},
 * {@code *} for all of this server. Where scopes of other services may be among them,
 * {@link ScopeCatalogue} compares, who knows which are this server's
 */
public record Scopes(SortedSet<String> names) {

	/** Every scope that the owner's roles allow. */
	public static final String ALL = "*";

	/** What the credential flow calls the same. No scope is named after it. */
	public static final String API = "api";

	private static final String WILDCARD_SUFFIX = ":*";

	public Scopes {
		names = Collections.unmodifiableSortedSet(new TreeSet<>(names));
	}

	/**
	 * Returns the given names, duplicates folded.
	 */
	public static Scopes of(Collection<String> names) {
		return new Scopes(new TreeSet<>(names));
	}

	/**
	 * Returns the given names, duplicates folded.
	 */
	public static Scopes of(String... names) {
		return of(Arrays.asList(names));
	}

	/**
	 * Reads the form of RFC 6749 section 3.3: names with single spaces between them.
	 */
	public static Scopes parse(String spaceSeparated) {
		return of(Arrays.stream(spaceSeparated.split(" ")).filter((name) -> !name.isEmpty()).toList());
	}

	/**
	 * Returns whether these scopes include the wanted one, itself a name or a wildcard.
	 */
	public boolean covers(String wanted) {
		return this.names.contains(ALL) || coversByName(wanted);
	}

	/** Likewise, where {@code *} counts for nothing but itself. */
	boolean coversByName(String wanted) {
		if (this.names.contains(wanted)) {
			return true;
		}
		for (String name : this.names) {
			if (name.endsWith(WILDCARD_SUFFIX) && wanted.startsWith(name.substring(0, name.length() - 1))) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Returns whether these scopes include all the others.
	 */
	public boolean covers(Scopes others) {
		return others.names.stream().allMatch(this::covers);
	}

	/**
	 * Returns the form of RFC 6749 section 3.3: names with single spaces between them.
	 */
	@Override
	public String toString() {
		return String.join(" ", this.names);
	}

}
