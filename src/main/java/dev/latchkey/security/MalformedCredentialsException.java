package dev.latchkey.security;

import org.springframework.security.core.AuthenticationException;

/**
 * Says that credentials were sent, but not as RFC 6750 section 2.1 wants them.
 */
class MalformedCredentialsException extends AuthenticationException {

	private static final long serialVersionUID = 1L;

	MalformedCredentialsException(String message) {
		super(message);
	}

	/** A flood of them costs no walks through the stack. */
	@Override
	public Throwable fillInStackTrace() {
		return this;
	}

}
