package dev.latchkey.token;

import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * A token as its owner sees it, without its secret.
 *
 * @param id the token
 * @param ownerId the account it acts for
 * @param kind what it is for
 * @param name what the owner calls it
 * @param description what the owner writes about it, or null
 * @param hint prefix and last characters, or null where it was made elsewhere
 * @param terms what it may do, from where, how often and when; it ends with its grace
 * period, if it was rotated
 * @param history what has happened to it
 * @param state where in its life it is
 * @param tooLong whether it was made for a longer life than there may be now, where that
 * holds for all: nobody can resume it
 */
public record TokenDetails(UUID id, UUID ownerId, TokenKind kind, String name, @Nullable String description,
		@Nullable String hint, TokenTerms terms, TokenHistory history, TokenState state, boolean tooLong) {

}
