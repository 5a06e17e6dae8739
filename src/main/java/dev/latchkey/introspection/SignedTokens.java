package dev.latchkey.introspection;

import java.net.InetAddress;
import java.util.Optional;
import java.util.UUID;

import dev.latchkey.verification.VerifiedToken;
import org.jspecify.annotations.Nullable;

/**
 * Knows the tokens of this server that are no rows but signed texts (RFC 9068).
 */
public interface SignedTokens {

	/**
	 * Reads a token that this server has signed, good or not; empty for anything else.
	 * @throws org.springframework.dao.DataAccessException if the keys cannot be read
	 */
	Optional<SignedToken> read(String presented);

	/**
	 * Returns a text that says what decides about such tokens and stands in no row: nodes
	 * that answer alike return the same.
	 */
	String rules();

	/**
	 * A token with this server's signature.
	 */
	@FunctionalInterface
	interface SignedToken {

		/**
		 * Returns what it is good for now, or empty if for nothing.
		 * @param address from where it was presented, or null where that is not known
		 * @param asking whether what is remembered is not enough
		 */
		Optional<GoodToken> verify(@Nullable InetAddress address, boolean asking);

	}

	/**
	 * What such a token is good for, and on what that depends.
	 *
	 * @param answer what is said of it
	 * @param source the token that it was exchanged for
	 * @param client the registration of the client that did so
	 */
	record GoodToken(ActiveToken answer, VerifiedToken source, UUID client) {

	}

}
