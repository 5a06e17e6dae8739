package dev.latchkey.cli;

/**
 * Says that a command was called with words that it does not take. The line repeats
 * nothing that may be a secret.
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
