package dev.latchkey.verification;

import java.util.Locale;

/**
 * Why a token is not good; for the audit and the debug log, never for the client.
 */
public enum RefusalReason {

	/** The form is wrong; no query was sent. */
	MALFORMED,

	/** A refresh token opens no route; no query was sent. */
	WRONG_KIND,

	/** There is no such token. */
	UNKNOWN,

	/** A refresh token was given to another client, or to one that serves others now. */
	WRONG_CLIENT,

	/** The owner's account is disabled. */
	OWNER_DISABLED,

	/** It has reached its end. */
	EXPIRED,

	/** It was not used for too long. */
	IDLE_EXPIRED,

	/** It may be used only later. */
	NOT_YET_ACTIVE,

	/** It is suspended. */
	SUSPENDED,

	/** It was revoked. */
	REVOKED,

	/** It was rotated, and its grace period has passed. */
	REUSED,

	/** It may not be used from this address. */
	WRONG_ADDRESS;

	/**
	 * Returns the name as it stands in the audit, in lower case.
	 */
	public String value() {
		return name().toLowerCase(Locale.ROOT);
	}

}
