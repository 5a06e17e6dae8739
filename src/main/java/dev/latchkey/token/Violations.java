package dev.latchkey.token;

import java.util.ArrayList;
import java.util.List;

import dev.latchkey.token.TokenRejectedException.Violation;

/**
 * Collects what is wrong with a wish, so that all of it is said at once.
 */
class Violations {

	private final List<Violation> found = new ArrayList<>();

	void add(String field, String message) {
		this.found.add(new Violation(field, message));
	}

	void throwIfAny() {
		if (!this.found.isEmpty()) {
			throw new TokenRejectedException(this.found);
		}
	}

}
