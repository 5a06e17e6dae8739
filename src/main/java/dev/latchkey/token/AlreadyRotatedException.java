package dev.latchkey.token;

/**
 * Refuses a second rotation of the same token.
 */
public class AlreadyRotatedException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	AlreadyRotatedException() {
		super("This token has been rotated already; only its successor can be rotated.");
	}

}
