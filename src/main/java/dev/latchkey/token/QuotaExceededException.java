package dev.latchkey.token;

/**
 * Refuses to make a token for an account that has as many living ones as it may have.
 */
public class QuotaExceededException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	QuotaExceededException(int quota) {
		super("The account has %d living tokens, as many as it may have. Revoke some, or wait until some have ended."
			.formatted(quota), null, false, false);
	}

}
