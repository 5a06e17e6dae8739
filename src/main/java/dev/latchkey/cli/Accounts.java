package dev.latchkey.cli;

import dev.latchkey.account.AccountLookup;
import dev.latchkey.caller.User;

/**
 * Finds the account that an option names.
 */
final class Accounts {

	private Accounts() {
	}

	static User find(AccountLookup accounts, String email) {
		return accounts.findByEmail(email).orElseThrow(Accounts::none);
	}

	static CommandFailure none() {
		return new CommandFailure("There is no account with this address.");
	}

}
