package dev.latchkey.api;

import java.util.List;
import java.util.UUID;

import dev.latchkey.caller.Caller;
import dev.latchkey.scope.ScopeDeniedException;

import org.springframework.stereotype.Component;

/**
 * How far those get who take tokens out of use, in the place of the server's class of the
 * same name: to their own. The application may have a scope {@code users:write} that says
 * something about its users, and nothing about their tokens.
 */
@Component
class TokenReach {

	private static final String WRITE = "tokens:write";

	/**
	 * Returns whose tokens the caller gets to.
	 * @throws ScopeDeniedException if that is nobody's
	 */
	UUID of(Caller caller) {
		if (caller.cannot(WRITE)) {
			throw new ScopeDeniedException(List.of(WRITE));
		}
		return caller.userId();
	}

}
