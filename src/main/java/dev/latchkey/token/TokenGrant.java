package dev.latchkey.token;

import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * What a token is issued for, all questions decided.
 *
 * @param kind what it is for
 * @param ownerId the account it acts for
 * @param clientId the OAuth client that holds it, or null
 * @param name what the owner calls it
 * @param description what the owner writes about it, or null
 * @param terms what it may do, from where, how often and when
 * @param lineage where it comes from
 * @param endChosen whether somebody chose the date on which it ends
 */
public record TokenGrant(TokenKind kind, UUID ownerId, @Nullable String clientId, String name,
		@Nullable String description, TokenTerms terms, Lineage lineage, boolean endChosen) {

	/**
	 * Grants what ends as the rules say.
	 */
	public TokenGrant(TokenKind kind, UUID ownerId, @Nullable String clientId, String name,
			@Nullable String description, TokenTerms terms, Lineage lineage) {
		this(kind, ownerId, clientId, name, description, terms, lineage, false);
	}

	/**
	 * Grants a personal access token, which no client holds.
	 */
	public static TokenGrant personal(UUID ownerId, String name, @Nullable String description, TokenTerms terms,
			Lineage lineage, boolean endChosen) {
		return new TokenGrant(TokenKind.PERSONAL, ownerId, null, name, description, terms, lineage, endChosen);
	}

}
