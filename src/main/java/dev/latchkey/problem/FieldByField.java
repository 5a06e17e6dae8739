package dev.latchkey.problem;

import java.util.List;
import java.util.Optional;
import java.util.Set;

import dev.latchkey.value.FieldFault;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;

/**
 * A body that can be read field by field where it cannot be read as a whole, so that
 * whoever sent it hears of all that is wrong with it at once.
 */
public interface FieldByField {

	/**
	 * Returns why the body is no JSON, whatever fields stand before that; empty where it
	 * is.
	 */
	Optional<JacksonException> broken();

	/**
	 * Returns why fields cannot be read, each by itself; nothing where the body is no
	 * object at all.
	 */
	List<Unread> unread();

	/**
	 * Returns where the name stands that there is not, which is read apart from the rest.
	 */
	Optional<TokenStreamLocation> place(Unread unknown);

	/**
	 * Returns what is not acceptable of the fields that can be read.
	 * @param unread the names of those that cannot
	 */
	List<FieldFault> notAcceptable(Set<String> unread);

	/**
	 * Why a field, or an entry of its list, cannot be read.
	 *
	 * @param failure as if there was no other field, and no other entry
	 * @param entry at which place of the list the entry stands
	 */
	record Unread(JacksonException failure, int entry) {

	}

}
