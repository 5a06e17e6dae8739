package dev.latchkey.scope;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What an account may be, each role including those before it.
 */
public enum Role {

	/** May sign in and see what is open to everybody. */
	GUEST,

	/** Owns tokens and uses the API. */
	USER,

	/** Sees and changes other people's accounts. */
	ADMIN,

	/** Also makes administrators. */
	SUPERUSER;

	/**
	 * Returns whether this role includes the other one; each role includes itself.
	 */
	public boolean includes(Role other) {
		return compareTo(other) >= 0;
	}

	/**
	 * Returns whether one of the roles held includes the wanted one.
	 */
	public static boolean anyIncludes(Collection<Role> held, Role wanted) {
		return held.stream().anyMatch((role) -> role.includes(wanted));
	}

	/**
	 * Returns the highest of the roles held, or {@link #GUEST} where there is none.
	 */
	public static Role highest(Collection<Role> held) {
		return held.stream().max(Comparator.naturalOrder()).orElse(GUEST);
	}

	/**
	 * Returns the roles held, with the limit in the place of those above it.
	 */
	public static Set<Role> atMost(Role limit, Collection<Role> held) {
		return held.stream().map((role) -> limit.includes(role) ? role : limit).collect(Collectors.toUnmodifiableSet());
	}

	/**
	 * Returns the roles of a row, where their names stand with single spaces between
	 * them.
	 * @throws IllegalArgumentException if one is no role
	 */
	public static Set<Role> parse(String stored) {
		return Arrays.stream(stored.split(" ")).map(Role::valueOf).collect(Collectors.toUnmodifiableSet());
	}

	/**
	 * Returns this role and all that include it, lowest first.
	 */
	public Set<Role> andAbove() {
		return EnumSet.range(this, SUPERUSER);
	}

}
