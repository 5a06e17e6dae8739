package dev.latchkey.client;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A client as somebody asks for it, by the API, on a page or in code: nothing of it has
 * been looked at yet.
 *
 * @param clientId what it calls itself, or null for one that is made up
 * @param name 1 to 100 characters
 * @param confidential whether it can keep a secret
 * @param terms what it may do
 * @param account the address of the account that its own tokens act for, or null for that
 * of who registers it
 */
public record WantedClient(@Nullable String clientId, @Nullable String name, boolean confidential, Terms terms,
		@Nullable String account) {

	/**
	 * Asks for a client whose id is made up, and which acts for who registers it.
	 */
	static WantedClient named(@Nullable String name, boolean confidential, Terms terms) {
		return new WantedClient(null, name, confidential, terms, null);
	}

	/**
	 * What it is to be allowed.
	 *
	 * @param grantTypes how it may come to tokens
	 * @param scopes the most that it may ask for
	 * @param redirectUris where the browser may be sent back to
	 * @param audiences for whom, beside this server, its JWTs may be meant
	 * @param role the role that accounts need to sign in through it by password
	 * @param resource the service that it belongs to, or null for none
	 */
	public record Terms(@Nullable List<@Nullable String> grantTypes, @Nullable List<@Nullable String> scopes,
			@Nullable List<@Nullable String> redirectUris, @Nullable List<@Nullable String> audiences,
			@Nullable String role, @Nullable String resource) {

	}

}
