package dev.latchkey.page;

import java.util.UUID;

import dev.latchkey.value.Ids;

import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/**
 * Reads ids from addresses; what has not the form of one is simply not there.
 */
final class PathIds {

	private PathIds() {
	}

	static UUID of(String given) {
		return Ids.parse(given).orElseThrow(PathIds::notFound);
	}

	static ResponseStatusException notFound() {
		return new ResponseStatusException(HttpStatus.NOT_FOUND);
	}

}
