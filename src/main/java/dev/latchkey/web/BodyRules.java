package dev.latchkey.web;

import dev.latchkey.value.FieldFaults;

/**
 * What the fields of a body may hold, as far as that can be said before anything is done.
 * It is asked where another field of the body could not be read, so that all that is
 * wrong is said at once; who does what the body asks for asks for itself.
 *
 * @param <T> what the body is read as
 */
public interface BodyRules<T> {

	/**
	 * Returns what the body is read as.
	 */
	Class<T> type();

	/**
	 * Notes what is wrong.
	 * @param body what could be read; the rest is as if it had been left out
	 */
	void note(T body, FieldFaults faults);

}
