package dev.latchkey.token;

/**
 * The id by which administrators are shown an owner, in the place of the server's class
 * of the same name: the one that the application knows.
 */
final class ShownOwnerId {

	/** The column of {@code token_owner} that has it. */
	static final String COLUMN = "host_id";

	private ShownOwnerId() {
	}

}
