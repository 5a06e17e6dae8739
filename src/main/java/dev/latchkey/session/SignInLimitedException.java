package dev.latchkey.session;

import dev.latchkey.problem.TooManyException;

import org.springframework.security.core.AuthenticationException;

/**
 * Says at the sign-in page that a password was not looked at, because too many have been
 * wrong.
 */
class SignInLimitedException extends AuthenticationException {

	private static final long serialVersionUID = 1L;

	private final TooManyException refusal;

	SignInLimitedException(TooManyException refusal) {
		super(refusal.getMessage(), refusal);
		this.refusal = refusal;
	}

	TooManyException refusal() {
		return this.refusal;
	}

}
