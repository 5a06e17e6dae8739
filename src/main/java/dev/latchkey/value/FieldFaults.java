package dev.latchkey.value;

import java.util.ArrayList;
import java.util.List;

/**
 * Collects what is wrong with the fields of a request, a form or a wish, so that all of
 * it is said at once.
 */
public final class FieldFaults {

	private final List<FieldFault> found = new ArrayList<>();

	/**
	 * Notes a fault.
	 * @param field the name that the field has in requests
	 * @param message what is wrong, as the end of a sentence about the field
	 */
	public void add(String field, String message) {
		this.found.add(new FieldFault(field, message));
	}

	/**
	 * Notes a fault of a field, unless one of the same field was noted before.
	 */
	public void addFirst(String field, String message) {
		if (this.found.stream().noneMatch((fault) -> fault.field().equals(field))) {
			add(field, message);
		}
	}

	/**
	 * Returns whether none was noted.
	 */
	public boolean isEmpty() {
		return this.found.isEmpty();
	}

	/**
	 * Ends the collection.
	 * @throws InvalidFieldsException if there are faults
	 */
	public void throwIfAny() {
		if (!this.found.isEmpty()) {
			throw new InvalidFieldsException(this.found);
		}
	}

}
