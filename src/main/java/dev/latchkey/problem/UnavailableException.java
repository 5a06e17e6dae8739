package dev.latchkey.problem;

/**
 * Ends a request that cannot be decided now, although the database answers.
 */
public class UnavailableException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	/**
	 * Says so.
	 * @param detail one sentence for a person
	 */
	public UnavailableException(String detail) {
		super(detail);
	}

}
