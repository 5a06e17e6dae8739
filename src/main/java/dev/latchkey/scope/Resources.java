package dev.latchkey.scope;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

/**
 * The names of the services that accept a token, without duplicates, in order.
 *
 * @param names the names, at least one
 */
public record Resources(SortedSet<String> names) {

	/** This server alone. */
	public static final Resources OWN = of(Scope.THIS_SERVER);

	public Resources {
		names = Collections.unmodifiableSortedSet(new TreeSet<>(names));
	}

	/**
	 * Returns the given names, duplicates folded.
	 */
	public static Resources of(Collection<String> names) {
		return new Resources(new TreeSet<>(names));
	}

	/**
	 * Returns the given names, duplicates folded.
	 */
	public static Resources of(String... names) {
		return of(Arrays.asList(names));
	}

	/**
	 * Reads names with single spaces between them.
	 * @param stored what stands in a row, null in those from before there were resources
	 */
	public static Resources parse(@Nullable String stored) {
		return (stored == null || stored.equals(Scope.THIS_SERVER)) ? OWN : of(stored.split(" "));
	}

	/**
	 * Returns whether a token that is bound to these is one there.
	 */
	public boolean includes(String resource) {
		return this.names.contains(resource);
	}

	/**
	 * Returns whether these include all the others.
	 */
	public boolean includes(Resources others) {
		return this.names.containsAll(others.names);
	}

	/**
	 * Returns the names with single spaces between them.
	 */
	@Override
	public String toString() {
		return String.join(" ", this.names);
	}

}
