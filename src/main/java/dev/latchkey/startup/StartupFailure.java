package dev.latchkey.startup;

import java.util.List;

/**
 * Stops the start with a line for each thing that is wrong, for the operator, and no
 * stack trace.
 */
public class StartupFailure extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final List<String> lines;

	/**
	 * Stops the start.
	 * @param message what is wrong and what to do, in one line and without secrets
	 */
	public StartupFailure(String message) {
		this(List.of(message));
	}

	/**
	 * Stops the start because of several things at once.
	 * @param lines what is wrong and what to do, each in one line and without secrets
	 */
	public StartupFailure(List<String> lines) {
		super(String.join("\n", lines));
		this.lines = List.copyOf(lines);
	}

	/**
	 * Stops the start because of another failure, whose stack trace is shown at DEBUG.
	 * @param message what is wrong and what to do, in one line and without secrets
	 * @param cause the other failure
	 */
	public StartupFailure(String message, Throwable cause) {
		super(message, cause);
		this.lines = List.of(message);
	}

	/**
	 * Returns a line for each thing that is wrong.
	 */
	public List<String> lines() {
		return this.lines;
	}

}
