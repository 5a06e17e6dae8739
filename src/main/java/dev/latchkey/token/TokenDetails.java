package dev.latchkey.token;

import java.util.UUID;

/**
 * A token as its owner sees it, without its secret.
 *
 * @param id the token
 * @param ownerId the account it acts for
 * @param kind what it is for
 * @param name what the owner calls it
 * @param hint prefix and last characters
 * @param terms what it may do, from where, how often and when; it ends with its grace
 * period, if it was rotated
 * @param history what has happened to it
 * @param state where in its life it is
 */
public record TokenDetails(UUID id, UUID ownerId, TokenKind kind, String name, String hint, TokenTerms terms,
		TokenHistory history, TokenState state) {

}
