package dev.latchkey.api;

import java.util.List;
import java.util.UUID;

import dev.latchkey.caller.Caller;
import dev.latchkey.scope.ScopeDeniedException;
import org.jspecify.annotations.Nullable;

import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * How far those get who take tokens out of use, in the place of the server's class of the
 * same name: to their own. Only where the application wants the routes of administrators
 * does {@code users:write} get to anybody's; else it may have a scope of that name that
 * says something about its users, and nothing about their tokens.
 */
@Component
class TokenReach {

	/** Whether the application wants the routes of administrators. */
	private static final String ADMINISTRATION = "latchkey.routes.administration";

	private static final String WRITE = "tokens:write";

	private final boolean administered;

	TokenReach(Environment environment) {
		this.administered = environment.getProperty(ADMINISTRATION, Boolean.class, false);
	}

	/**
	 * Returns whose tokens the caller gets to, or null for anybody's.
	 * @throws ScopeDeniedException if that is nobody's
	 */
	@Nullable UUID of(Caller caller) {
		if (this.administered && caller.can("users:write")) {
			return null;
		}
		if (caller.cannot(WRITE)) {
			throw new ScopeDeniedException(List.of(WRITE));
		}
		return caller.userId();
	}

}
