package dev.latchkey.token;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * Why a token was revoked.
 */
public enum RevocationCause {

	/** The owner, or an administrator, wanted it. */
	REQUESTED,

	/**
	 * The token it was made with was narrowed, and nothing of it was left within that.
	 */
	NOTHING_LEFT,

	/** Somebody who held the raw token reported it, or knew its hash. */
	LEAKED,

	/** The account signed out. */
	LOGOUT,

	/** The account was given a new password. */
	PASSWORD_CHANGED,

	/** The account was disabled. */
	OWNER_DISABLED,

	/** A member of its family was used after its rotation. */
	REUSE,

	/** A client that lost the answer was given others in its place. */
	REPLACED,

	/** The owner took away an application's right. */
	CONSENT_WITHDRAWN,

	/** The OAuth client that held it was removed. */
	CLIENT_REMOVED;

	/**
	 * Returns whether somebody else may have had the token in hand, and used it.
	 */
	boolean isTheft() {
		return this == LEAKED || this == REUSE;
	}

	/**
	 * Returns what is written on the token as the reason where nobody gave another: none
	 * where somebody wanted it, and that is all that is known.
	 */
	@Nullable String reason() {
		return (this != REQUESTED) ? value() : null;
	}

	/**
	 * Returns the name as it stands in the audit, in lower case.
	 */
	public String value() {
		return name().toLowerCase(Locale.ROOT);
	}

}
