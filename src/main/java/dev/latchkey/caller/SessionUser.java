package dev.latchkey.caller;

import java.io.Serializable;
import java.security.Principal;
import java.util.UUID;

/**
 * What a web session remembers of who signed in: the account and which of its passwords,
 * and nothing about what it may do.
 *
 * @param id the account
 * @param passwordVersion how often its password had been changed; a session from before
 * this was kept has 0, which is true of every account of that time
 */
public record SessionUser(UUID id, int passwordVersion) implements Principal, Serializable {

	/**
	 * Returns the id, by which the sessions of an account are found.
	 */
	@Override
	public String getName() {
		return this.id.toString();
	}

}
