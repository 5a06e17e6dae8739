package dev.latchkey.user;

/**
 * Says which field of a change to an account is not acceptable.
 */
public class UserRejectedException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String field;

	UserRejectedException(String field, String message) {
		super(message);
		this.field = field;
	}

	public String field() {
		return this.field;
	}

}
