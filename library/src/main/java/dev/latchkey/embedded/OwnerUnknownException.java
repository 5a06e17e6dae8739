package dev.latchkey.embedded;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

/**
 * Says that the application could not be asked about a user, so that nothing is decided:
 * 503, where it leaves a controller.
 */
@ResponseStatus(HttpStatus.SERVICE_UNAVAILABLE)
public class OwnerUnknownException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	OwnerUnknownException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
