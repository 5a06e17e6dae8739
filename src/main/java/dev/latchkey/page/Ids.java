package dev.latchkey.page;

import java.util.UUID;

import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/**
 * Reads ids from addresses; what has not the form of one is simply not there.
 */
final class Ids {

	private Ids() {
	}

	static UUID of(String given) {
		try {
			UUID id = UUID.fromString(given);
			if (id.toString().equals(given)) {
				return id;
			}
		}
		catch (IllegalArgumentException ex) {
			// Said below.
		}
		throw notFound();
	}

	static ResponseStatusException notFound() {
		return new ResponseStatusException(HttpStatus.NOT_FOUND);
	}

}
