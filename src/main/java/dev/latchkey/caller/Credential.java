package dev.latchkey.caller;

import java.util.Locale;

/**
 * With what somebody acts. The id names it and opens nothing.
 *
 * @param kind what it is
 * @param id the id of a token or of a client's registration, or what the audit calls a
 * web session
 */
public record Credential(Kind kind, String id) {

	/** What can act for somebody. */
	public enum Kind {

		/** A token in the header. */
		TOKEN,

		/** An OAuth client, proven by its secret or, without one, by its name. */
		CLIENT,

		/** A web session. */
		SESSION;

		/**
		 * Returns the name as it stands in the audit, in lower case.
		 */
		public String value() {
			return name().toLowerCase(Locale.ROOT);
		}

	}

}
