package dev.latchkey.client;

import java.util.List;
import java.util.Set;

import dev.latchkey.scope.Role;
import dev.latchkey.scope.Scopes;
import org.jspecify.annotations.Nullable;

/**
 * What a client may do.
 *
 * @param grantTypes how it may come to tokens
 * @param scopes the most that it may ask for
 * @param redirectUris where the browser may be sent back to, compared character by
 * character
 * @param audiences for whom, beside this server, its JWTs may be meant
 * @param servesRole the role that accounts need to sign in through it by password, or
 * null if nobody does
 * @param resource the service that it belongs to, of whose tokens alone it is told, or
 * null for none
 */
public record ClientTerms(Set<GrantType> grantTypes, Scopes scopes, List<String> redirectUris, List<String> audiences,
		@Nullable Role servesRole, @Nullable String resource) {

	/**
	 * What an application may do that acts for people who agree to it in their browsers.
	 */
	static ClientTerms ofApplication(Set<GrantType> grantTypes, Scopes scopes, List<String> redirectUris) {
		return new ClientTerms(grantTypes, scopes, redirectUris, List.of(), null, null);
	}

	ClientTerms with(Scopes other) {
		return new ClientTerms(this.grantTypes, other, this.redirectUris, this.audiences, this.servesRole,
				this.resource);
	}

}
