package dev.latchkey.audit;

import dev.latchkey.value.Texts;

/**
 * By which ids the audit shows users, and finds who acted, in the place of the server's
 * class of the same name: by those of the application. Who never had a token has none
 * here, and stands there by name.
 */
final class AccountIds {

	/** Who acted and whom it concerns, as columns. */
	static final String SHOWN = """
			(select host_id from token_owner where id = actor_id) as actor_id,
			    (select host_id from token_owner where id = owner_id) as owner_id""";

	private AccountIds() {
	}

	/** An id is what the application has made it, in upper case too. */
	static String read(String given) {
		return Texts.strip(given);
	}

	/**
	 * Returns the condition that {@code :actor}, an id or a name, has acted.
	 */
	static String condition(String actor) {
		return "(actor_id = (select id from token_owner where host_id = :actor) or lower(actor) = lower(:actor))";
	}

}
