package dev.latchkey.account;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

/**
 * Says that nobody can tell now whether a new password may be used, so that it was not
 * set.
 */
@ResponseStatus(HttpStatus.SERVICE_UNAVAILABLE)
public class PasswordUncheckedException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	/**
	 * Says so.
	 */
	public PasswordUncheckedException() {
		super("The service that knows leaked passwords does not answer, so the password was not set."
				+ " Try again in a moment.");
	}

}
