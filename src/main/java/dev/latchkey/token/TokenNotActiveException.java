package dev.latchkey.token;

/**
 * Refuses to change a token whose life has ended, or that is suspended.
 */
public class TokenNotActiveException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	TokenNotActiveException(TokenState state) {
		super(((state == TokenState.SUSPENDED) ? "This token is suspended; resume it first."
				: "This token cannot be changed any more, it is %s.".formatted(state.value())));
	}

}
