package dev.latchkey.token;

/**
 * Refuses to change a token whose life has ended, or that is suspended, and to resume one
 * that nothing but the settings brings back.
 */
public class TokenNotActiveException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	TokenNotActiveException(TokenState state) {
		this((state == TokenState.SUSPENDED) ? "This token is suspended; resume it first."
				: "This token cannot be changed any more, it is %s.".formatted(state.value()));
	}

	private TokenNotActiveException(String reason) {
		super(reason);
	}

	/** Of a token that was made for a longer life than there may be now. */
	static TokenNotActiveException tooLong() {
		return new TokenNotActiveException("This token was made for a longer life than this server allows now, so it"
				+ " cannot be resumed; make a new one in its place.");
	}

}
