package dev.latchkey.account;

import dev.latchkey.scope.Role;

/**
 * Refuses a change after which nobody could administer the server.
 */
public class LastAdminException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	LastAdminException(Role role) {
		super("This is the last enabled %s.".formatted((role == Role.SUPERUSER) ? "superuser" : "administrator"));
	}

}
