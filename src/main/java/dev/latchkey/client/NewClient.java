package dev.latchkey.client;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The body of the request to register a client, flat as the contract has it.
 *
 * @param clientId what it calls itself, or null for one that is made up
 * @param name 1 to 100 characters
 * @param redirectUris where the browser may be sent back to
 * @param scopes the most that it may ask for
 * @param grantTypes how it may come to tokens
 * @param confidential whether it can keep a secret; null is the same as true
 * @param role the role that accounts need to sign in through it by password
 * @param account the address of the account that its own tokens act for, or null for that
 * of who registers it
 * @param audiences for whom, beside this server, its JWTs may be meant
 * @param resource the service that it belongs to, or null for none
 */
record NewClient(@Nullable String clientId, @Nullable String name, @Nullable List<@Nullable String> redirectUris,
		@Nullable List<@Nullable String> scopes, @Nullable List<@Nullable String> grantTypes,
		@Nullable Boolean confidential, @Nullable String role, @Nullable String account,
		@Nullable List<@Nullable String> audiences, @Nullable String resource) {

	/**
	 * Returns what is asked for by it.
	 */
	WantedClient toWanted() {
		return new WantedClient(this.clientId, this.name, !Boolean.FALSE.equals(this.confidential),
				new WantedClient.Terms(this.grantTypes, this.scopes, this.redirectUris, this.audiences, this.role,
						this.resource),
				this.account);
	}

}
