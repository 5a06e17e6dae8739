package dev.latchkey.scope;

import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;

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
	 * Returns this role and all that include it, lowest first.
	 */
	public Set<Role> andAbove() {
		return EnumSet.range(this, SUPERUSER);
	}

}
