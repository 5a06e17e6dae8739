package dev.latchkey.token;

/**
 * The id by which administrators are shown an owner. In an application that embeds this,
 * which knows its users by ids of its own, this has a namesake.
 */
final class ShownOwnerId {

	/** The column of {@code token_owner} that has it. */
	static final String COLUMN = "id";

	private ShownOwnerId() {
	}

}
