package dev.latchkey.embedded;

import org.jspecify.annotations.Nullable;

/**
 * Says that the application could not be asked about a user, so that nothing is decided.
 */
class OwnerUnknownException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	OwnerUnknownException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
