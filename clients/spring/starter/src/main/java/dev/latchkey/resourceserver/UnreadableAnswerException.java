package dev.latchkey.resourceserver;

import java.io.IOException;

/**
 * Says that what came is not what Latchkey sends. It repeats nothing of it.
 */
class UnreadableAnswerException extends IOException {

	private static final long serialVersionUID = 1L;

	UnreadableAnswerException(String message) {
		super(message);
	}

}
