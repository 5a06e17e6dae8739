package dev.latchkey.caller;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;

import dev.latchkey.scope.Role;
import org.jspecify.annotations.Nullable;

/**
 * An account as others see it.
 *
 * @param id the account, never given to another one
 * @param email the address it signs in with, compared without regard to case
 * @param name what people call it
 * @param roles the roles it was given; each includes those below it
 * @param enabled whether it may do anything at all
 * @param createdAt when it was made, or null for the owner of a token, of whom no token
 * needs it
 */
public record User(UUID id, String email, String name, Set<Role> roles, boolean enabled, @Nullable Instant createdAt) {

	/**
	 * Returns whether the account administers others.
	 */
	public boolean isAdmin() {
		return Role.anyIncludes(this.roles, Role.ADMIN);
	}

}
