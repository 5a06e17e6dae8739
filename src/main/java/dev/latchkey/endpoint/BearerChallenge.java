package dev.latchkey.endpoint;

/**
 * Completes a challenge of the scheme Bearer with what is known of this server.
 */
@FunctionalInterface
interface BearerChallenge {

	/**
	 * Returns the challenge with what goes into it, at its end.
	 */
	String complete(String challenge);

}
