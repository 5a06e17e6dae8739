package dev.latchkey.user;

import java.io.Serializable;
import java.security.Principal;
import java.util.UUID;

/**
 * What a web session remembers of who signed in: the account, and nothing about what it
 * may do.
 *
 * @param id the account
 */
public record SessionUser(UUID id) implements Principal, Serializable {

	/**
	 * Returns the id, by which the sessions of an account are found.
	 */
	@Override
	public String getName() {
		return this.id.toString();
	}

}
