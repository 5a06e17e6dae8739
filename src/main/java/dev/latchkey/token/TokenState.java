package dev.latchkey.token;

import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Where in its life a token is.
 */
public enum TokenState {

	/** May be used. */
	ACTIVE,

	/** May be used later. */
	NOT_YET_ACTIVE,

	/** Has reached its end. */
	EXPIRED,

	/** Was not used for too long. */
	IDLE_EXPIRED,

	/** May not be used until somebody resumes it. */
	SUSPENDED,

	/** Was ended by somebody, or by a rotation. */
	REVOKED;

	/**
	 * Returns whether nothing brings the token back.
	 */
	boolean isEnded() {
		return this == EXPIRED || this == IDLE_EXPIRED || this == REVOKED;
	}

	/**
	 * Returns the name as it stands in requests and answers.
	 */
	@JsonValue
	public String value() {
		return name().toLowerCase(Locale.ROOT);
	}

}
