package dev.latchkey.token;

/**
 * Refuses to change a token whose life has ended.
 */
public class TokenNotActiveException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	TokenNotActiveException(TokenState state) {
		super("This token cannot be changed any more, it is %s.".formatted(state.value()));
	}

}
