package dev.latchkey.embedded;

import java.util.Optional;

import org.springframework.security.core.Authentication;

/**
 * Knows the users of the application. Whoever has users makes a bean of this; without
 * one, and without {@code latchkey.owners.username-is-id}, there are no tokens.
 */
public interface TokenOwners {

	/**
	 * Returns the user as the user is now. Asked before the first token is made, and
	 * again once what is remembered is older than {@code latchkey.owners.max-staleness}.
	 * @param id a {@link TokenOwner#id()}
	 * @return empty where there is none now: such a user's tokens are refused, and are
	 * good again when the user is found again. Any other failure to answer is thrown;
	 * then nothing is decided, and the answer is 503
	 */
	Optional<TokenOwner> find(String id);

	/**
	 * Returns whose sign-in to the application that is, so that users find their tokens
	 * at Latchkey's own routes when they are signed in.
	 * @param signedIn by whatever the application takes for a sign-in. Of a token of
	 * another issuer, which a resource server takes, say who that is only if all such
	 * tokens may do everything: tokens can be made by it that do
	 * @return a {@link TokenOwner#id()}, or empty where nobody is signed in who may have
	 * tokens; without this those routes are for tokens alone
	 */
	default Optional<String> idOf(Authentication signedIn) {
		return Optional.empty();
	}

}
