package dev.latchkey.caller;

import java.util.Base64;
import java.util.Locale;
import java.util.UUID;

import dev.latchkey.value.Sha256;

/**
 * The credential with which somebody acts. Its id names it and opens nothing.
 *
 * @param kind what it is
 * @param id the id of a token or of a client's registration, or what the audit calls a
 * web session
 */
public record Credential(Kind kind, String id) {

	private static final int NAME = 22;

	/**
	 * Returns the token with this id.
	 */
	public static Credential token(UUID id) {
		return new Credential(Kind.TOKEN, id.toString());
	}

	/**
	 * Returns the web session with this id. What names it is a digest, of which a part
	 * will do: neither the cookie nor the row of the session is found by it.
	 */
	public static Credential session(String id) {
		return new Credential(Kind.SESSION,
				Base64.getUrlEncoder().withoutPadding().encodeToString(Sha256.of("audit " + id)).substring(0, NAME));
	}

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
