package dev.latchkey.audit;

import java.util.UUID;

import dev.latchkey.value.Ids;
import dev.latchkey.value.Texts;

/**
 * By which ids the audit shows accounts, and finds who acted: by those in its rows. In an
 * application that embeds this it is by the application's own, by a class of the same
 * name in the library.
 */
final class AccountIds {

	/** Who acted and whom it concerns, as columns. */
	static final String SHOWN = "actor_id, owner_id";

	private AccountIds() {
	}

	/** An id is read in either case, and so is an address. */
	static String read(String given) {
		return Ids.parse(given).map(UUID::toString).orElseGet(() -> Texts.normalize(given));
	}

	/**
	 * Returns the condition that {@code :actor}, an id or an address, has acted.
	 */
	static String condition(String actor) {
		return Ids.parse(actor).isPresent() ? "actor_id = cast(:actor as uuid)" : "lower(actor) = lower(:actor)";
	}

}
