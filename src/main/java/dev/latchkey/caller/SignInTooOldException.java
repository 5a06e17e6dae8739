package dev.latchkey.caller;

/**
 * Says that a web session has to begin anew before it may give a right.
 */
public class SignInTooOldException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	/**
	 * Says so.
	 */
	public SignInTooOldException() {
		super("The sign-in is too old for this: sign in again, or use a token.");
	}

}
