package dev.latchkey.embedded;

/**
 * Says that a user of the application is not as before. The application publishes it
 * ({@code ApplicationEventPublisher}), and need not know {@link LatchkeyTokens} where its
 * users are kept. What comes of it is that of {@link LatchkeyTokens#ownerChanged} and
 * {@link LatchkeyTokens#ownerDeleted}: within a transaction of the database of the
 * tokens, with its commit; within another one, after that.
 *
 * @param id a {@link TokenOwner#id()}
 * @param deleted whether the user is gone for good, so that all tokens end
 */
public record OwnerChanged(String id, boolean deleted) {

	/**
	 * The user was disabled, enabled, or given other authorities.
	 */
	public static OwnerChanged of(String id) {
		return new OwnerChanged(id, false);
	}

	/**
	 * The user is gone, and the id is never given again.
	 */
	public static OwnerChanged deleted(String id) {
		return new OwnerChanged(id, true);
	}

}
