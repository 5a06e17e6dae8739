package dev.latchkey.user;

/**
 * Refuses a change after which nobody could administer the server.
 */
public class LastAdminException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	LastAdminException() {
		super("This is the last enabled administrator.");
	}

}
