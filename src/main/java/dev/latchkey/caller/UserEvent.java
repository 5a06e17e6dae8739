package dev.latchkey.caller;

import java.util.UUID;

/**
 * What happened to an account, told inside the transaction in which it happens.
 */
public sealed interface UserEvent {

	/**
	 * Returns the account.
	 */
	User user();

	/**
	 * Returns the account's id.
	 */
	default UUID userId() {
		return user().id();
	}

	/** The account was made. */
	record UserCreated(User user) implements UserEvent {
	}

	/** Name or other facts without weight were changed. */
	record UserRenamed(User user) implements UserEvent {
	}

	/** The roles were changed; the account has them from now on. */
	record UserRolesChanged(User user) implements UserEvent {
	}

	/** The account may act again. */
	record UserEnabled(User user) implements UserEvent {
	}

	/**
	 * The account may not act any more: its tokens and sessions end.
	 *
	 * @param by who did it
	 */
	record UserDisabled(User user, Actor by) implements UserEvent {
	}

	/** The account is gone: its tokens and sessions end. */
	record UserDeleted(User user) implements UserEvent {
	}

	/**
	 * The password was shown from a network where it had not been, and not for the first
	 * time.
	 *
	 * @param by who did it
	 */
	record UserSignedInElsewhere(User user, Actor by) implements UserEvent {
	}

	/**
	 * The password was changed: sessions elsewhere end, and the tokens that it was given
	 * for by an application of our own.
	 *
	 * @param by who did it
	 * @param version how often it has been changed
	 * @param tokensKept whether all other tokens live on
	 */
	record UserPasswordChanged(User user, Actor by, int version, boolean tokensKept) implements UserEvent {
	}

}
