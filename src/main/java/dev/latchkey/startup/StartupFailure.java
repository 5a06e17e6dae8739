package dev.latchkey.startup;

/**
 * Stops the start with one line for the operator and no stack trace.
 */
public class StartupFailure extends RuntimeException {

	private static final long serialVersionUID = 1L;

	/**
	 * Stops the start.
	 * @param message what is wrong and what to do, in one line and without secrets
	 */
	public StartupFailure(String message) {
		super(message);
	}

	/**
	 * Stops the start because of another failure, whose stack trace is shown at DEBUG.
	 * @param message what is wrong and what to do, in one line and without secrets
	 * @param cause the other failure
	 */
	public StartupFailure(String message, Throwable cause) {
		super(message, cause);
	}

}
