package dev.latchkey.mail;

import java.util.Locale;

/**
 * What a mail tells of. Its texts stand under its name in {@code messages/mail}.
 */
enum MailKind {

	/** A personal access token was made. */
	TOKEN_MADE,

	/** It ends in two weeks. */
	TOKEN_ENDS_IN_14_DAYS,

	/** It ends in a week. */
	TOKEN_ENDS_IN_7_DAYS,

	/** It ends within a day. */
	TOKEN_ENDS_TOMORROW,

	/** It has ended, and was used until then. */
	TOKEN_ENDED_IN_USE,

	/**
	 * It does not work any more, since it was made for a longer life than there may be
	 * now.
	 */
	TOKEN_TOO_LONG,

	/** It was reported as leaked. */
	TOKEN_LEAKED,

	/** It was used after it had been rotated. */
	TOKEN_REUSED,

	/** The account has another password. */
	PASSWORD_SET,

	/** The account was signed in to from a network that is new to it. */
	SIGNED_IN_ELSEWHERE;

	/**
	 * Returns the name under which its texts stand, and the queue knows it.
	 */
	String value() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	static MailKind of(String value) {
		return valueOf(value.toUpperCase(Locale.ROOT).replace('-', '_'));
	}

}
