package dev.latchkey.api;

import java.util.UUID;

import dev.latchkey.caller.Caller;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * How far those get who take tokens out of use: administrators to anybody's. In an
 * application that embeds this, whose scopes are its own, everybody gets to his own;
 * there it has a namesake.
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
