package dev.latchkey.page;

import java.util.UUID;

import dev.latchkey.value.Ids;

import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/**
 * Reads ids from addresses; what has not the form of one is simply not there.
 */
public final class PathIds {

	private PathIds() {
	}

	/**
	 * Reads an id.
	 * @throws ResponseStatusException if it is none
	 */
	public static UUID of(String given) {
		return Ids.parse(given).orElseThrow(PathIds::notFound);
	}

	/**
	 * Says that there is no such thing.
	 */
	public static ResponseStatusException notFound() {
		return new ResponseStatusException(HttpStatus.NOT_FOUND);
	}

}
