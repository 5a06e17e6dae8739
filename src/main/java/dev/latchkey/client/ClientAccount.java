package dev.latchkey.client;

import java.util.UUID;

import dev.latchkey.scope.Role;
import org.jspecify.annotations.Nullable;

/**
 * For whom a client's own tokens act.
 *
 * @param id the account, or null for none
 * @param maxRole the highest role that they act with, whatever the account is now: what
 * it was at the registration or is made by whoever replaces the secret; null where that
 * is not known, and then there are none
 */
public record ClientAccount(@Nullable UUID id, @Nullable Role maxRole) {

	/** For nobody. */
	static final ClientAccount NONE = new ClientAccount(null, null);

}
