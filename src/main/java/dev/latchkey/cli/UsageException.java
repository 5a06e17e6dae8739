package dev.latchkey.cli;

/**
 * Says that a command was called in a way that it is not. The line repeats nothing that
 * may be a secret.
 */
class UsageException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	UsageException(String line) {
		super(line, null, false, false);
	}

	String line() {
		return String.valueOf(getMessage());
	}

}
