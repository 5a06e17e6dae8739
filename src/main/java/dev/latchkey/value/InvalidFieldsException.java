package dev.latchkey.value;

import java.util.List;

/**
 * Says which fields are not acceptable. The exception's own message names the fields
 * alone: a fault may repeat something of what was sent.
 */
public class InvalidFieldsException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final transient List<FieldFault> faults;

	/**
	 * Refuses some fields.
	 */
	public InvalidFieldsException(List<FieldFault> faults) {
		super("Not acceptable: " + faults.stream().map(FieldFault::field).toList());
		this.faults = List.copyOf(faults);
	}

	/**
	 * Refuses one field.
	 * @param message what is wrong, as the end of a sentence about the field
	 */
	public InvalidFieldsException(String field, String message) {
		this(List.of(new FieldFault(field, message)));
	}

	/**
	 * Returns what is wrong with each field, at least one.
	 */
	public List<FieldFault> faults() {
		return this.faults;
	}

	/**
	 * Returns the same refusal for a request that calls one of the fields by another
	 * name.
	 */
	public InvalidFieldsException withField(String field, String otherName) {
		return new InvalidFieldsException(this.faults.stream()
			.map((fault) -> fault.field().equals(field) ? new FieldFault(otherName, fault.message()) : fault)
			.toList());
	}

}
