package dev.latchkey.security;

import org.springframework.security.core.AuthenticationException;

/**
 * Says that a token is not good, and outside never why.
 */
class BadTokenException extends AuthenticationException {

	private static final long serialVersionUID = 1L;

	BadTokenException(Throwable cause) {
		super("The token is not good", cause);
	}

	/** A flood of them costs no walks through the stack. */
	@Override
	public Throwable fillInStackTrace() {
		return this;
	}

}
