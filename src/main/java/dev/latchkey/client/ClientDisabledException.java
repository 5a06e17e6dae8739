package dev.latchkey.client;

/**
 * Says that a client is disabled, which nobody can undo.
 */
class ClientDisabledException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	ClientDisabledException() {
		super("The client was disabled when the token that registered it leaked. Remove it and register another.");
	}

}
