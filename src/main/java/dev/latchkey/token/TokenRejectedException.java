package dev.latchkey.token;

import java.util.List;

/**
 * Says which fields of a wish for a token are not acceptable.
 */
public class TokenRejectedException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final transient List<Violation> violations;

	TokenRejectedException(List<Violation> violations) {
		super("Not acceptable: " + violations.stream().map(Violation::field).toList());
		this.violations = List.copyOf(violations);
	}

	public List<Violation> violations() {
		return this.violations;
	}

	/**
	 * Returns the same refusal for a request that calls one of the fields by another
	 * name.
	 */
	public TokenRejectedException withField(String field, String otherName) {
		return new TokenRejectedException(this.violations.stream()
			.map((fault) -> fault.field().equals(field) ? new Violation(otherName, fault.message()) : fault)
			.toList());
	}

	/**
	 * One field that is not acceptable.
	 *
	 * @param field its name as it stands in requests
	 * @param message what is wrong, for a person to read
	 */
	public record Violation(String field, String message) {

	}

}
