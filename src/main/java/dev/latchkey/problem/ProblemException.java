package dev.latchkey.problem;

import java.util.List;

import dev.latchkey.value.FieldFault;

/**
 * Ends a request with a problem of the given code.
 */
public class ProblemException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final ProblemCode code;

	private final transient List<FieldFault> errors;

	/**
	 * Takes a refusal that concerns no single field.
	 * @param detail one sentence for a person; never repeats a secret
	 */
	public ProblemException(ProblemCode code, String detail) {
		this(code, detail, List.of());
	}

	/**
	 * Takes a refusal with the fields that it concerns.
	 * @param detail one sentence for a person; never repeats a secret
	 */
	public ProblemException(ProblemCode code, String detail, List<FieldFault> errors) {
		super(detail);
		this.code = code;
		this.errors = List.copyOf(errors);
	}

	/**
	 * Returns the usual answer for what does not exist or is not the caller's.
	 */
	public static ProblemException notFound() {
		return new ProblemException(ProblemCode.NOT_FOUND, "There is nothing at this address.");
	}

	/**
	 * Returns the refusal of a single field.
	 */
	public static ProblemException invalid(String field, String message) {
		return new ProblemException(ProblemCode.VALIDATION_FAILED, Problems.INVALID_FIELDS,
				List.of(new FieldFault(field, message)));
	}

	public ProblemCode code() {
		return this.code;
	}

	public List<FieldFault> errors() {
		return this.errors;
	}

}
