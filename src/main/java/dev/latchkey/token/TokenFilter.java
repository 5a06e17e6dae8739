package dev.latchkey.token;

import org.jspecify.annotations.Nullable;

/**
 * Which tokens a list shows, and in which order.
 *
 * @param state only those in this state, or null for all
 * @param text only those whose name or hint contains this, without regard to case
 * @param sort the order
 */
public record TokenFilter(@Nullable TokenState state, String text, TokenSort sort) {

	/** The tokens that may be used now, newest first. */
	public static final TokenFilter ACTIVE = new TokenFilter(TokenState.ACTIVE, "", TokenSort.NEWEST_FIRST);

	/** All tokens, newest first. */
	public static final TokenFilter ALL = new TokenFilter(null, "", TokenSort.NEWEST_FIRST);

}
