package dev.latchkey.cli;

/**
 * Says why a command could not do what it was asked for.
 */
class CommandFailure extends RuntimeException {

	private static final long serialVersionUID = 1L;

	CommandFailure(String line) {
		super(line, null, false, false);
	}

}
