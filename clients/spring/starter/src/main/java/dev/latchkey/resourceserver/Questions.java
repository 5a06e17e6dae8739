package dev.latchkey.resourceserver;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Asks Latchkey about a token. The answer is what the database says to a statement that
 * began after the call.
 */
interface Questions {

	/**
	 * Asks.
	 * @param address from where the token was presented, or null if nobody knows
	 * @param patience so long at the most
	 */
	Answer ask(String token, @Nullable String address, Duration patience) throws InterruptedException;

}
