package dev.latchkey.api;

import java.util.UUID;

import dev.latchkey.caller.Caller;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Whose tokens a caller may take out of use: administrators anybody's, everybody else
 * their own. An application that embeds this has scopes of its own, so that everybody
 * there reaches their own tokens alone: there it has a namesake.
 */
@Component
class TokenReach {

	/**
	 * Returns whose tokens the caller gets to, or null for anybody's.
	 */
	@Nullable UUID of(Caller caller) {
		return caller.can("users:write") ? null : caller.userId();
	}

}
