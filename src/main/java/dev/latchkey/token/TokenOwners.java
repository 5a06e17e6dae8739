package dev.latchkey.token;

import java.util.Optional;
import java.util.UUID;

import dev.latchkey.caller.User;

/**
 * Finds the accounts that own tokens. Tokens know nothing else of accounts.
 */
public interface TokenOwners {

	/**
	 * Finds an account by its id, which is never given to another one.
	 */
	Optional<User> find(UUID id);

	/**
	 * Finds an account that is enabled, and keeps it from being disabled or demoted until
	 * the transaction ends.
	 */
	Optional<User> hold(UUID id);

	/**
	 * Likewise, and waits for everybody who holds it: for what also ends tokens.
	 */
	Optional<User> holdAlone(UUID id);

}
