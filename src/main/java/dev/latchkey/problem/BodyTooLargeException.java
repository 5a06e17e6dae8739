package dev.latchkey.problem;

import java.io.IOException;

import org.jspecify.annotations.Nullable;

/**
 * Ends the reading of a body that is larger than allowed.
 */
class BodyTooLargeException extends IOException {

	static final String DETAIL = "The body is larger than this server reads.";

	private static final long serialVersionUID = 1L;

	BodyTooLargeException() {
		super(DETAIL);
	}

	static boolean isCauseOf(@Nullable Throwable failure) {
		int depth = 0;
		for (Throwable cause = failure; cause != null && depth < 20; cause = cause.getCause()) {
			if (cause instanceof BodyTooLargeException) {
				return true;
			}
			depth++;
		}
		return false;
	}

}
