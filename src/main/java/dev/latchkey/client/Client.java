package dev.latchkey.client;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import dev.latchkey.scope.Role;
import dev.latchkey.scope.Scopes;
import org.jspecify.annotations.Nullable;

/**
 * An application that gets tokens, without its secret.
 *
 * @param id the registration, never given to another one
 * @param clientId what the application calls itself
 * @param name what people call it
 * @param confidential whether it has a secret
 * @param grantTypes how it may come to tokens
 * @param scopes the most that it may ask for
 * @param redirectUris where the browser may be sent back to, compared character by
 * character
 * @param audiences for whom, beside this server, its JWTs may be meant
 * @param servesRole the role that accounts need to sign in through it by password, or
 * null if nobody does
 * @param accountId the account that its own tokens act for, or null for none
 * @param maxRole the highest role that they act with, whatever the account is now: what
 * it was at the registration or is made by whoever replaces the secret; null where that
 * is not known, and then there are none
 * @param madeWith the token with which it was registered, or null
 * @param createdAt when it was registered
 * @param disabledAt when it was ended because a token had leaked with which it was
 * registered or given another secret, or null
 * @param resource the service that it belongs to, of whose tokens alone it is told, or
 * null for none
 */
public record Client(UUID id, String clientId, String name, boolean confidential, Set<GrantType> grantTypes,
		Scopes scopes, List<String> redirectUris, List<String> audiences, @Nullable Role servesRole,
		@Nullable UUID accountId, @Nullable Role maxRole, @Nullable UUID madeWith, Instant createdAt,
		@Nullable Instant disabledAt, @Nullable String resource) {

	/**
	 * A client that belongs to no service.
	 */
	public Client(UUID id, String clientId, String name, boolean confidential, Set<GrantType> grantTypes, Scopes scopes,
			List<String> redirectUris, List<String> audiences, @Nullable Role servesRole, @Nullable UUID accountId,
			@Nullable Role maxRole, @Nullable UUID madeWith, Instant createdAt, @Nullable Instant disabledAt) {
		this(id, clientId, name, confidential, grantTypes, scopes, redirectUris, audiences, servesRole, accountId,
				maxRole, madeWith, createdAt, disabledAt, null);
	}

	/**
	 * Returns the client with other scopes.
	 */
	Client with(Scopes other) {
		return new Client(this.id, this.clientId, this.name, this.confidential, this.grantTypes, other,
				this.redirectUris, this.audiences, this.servesRole, this.accountId, this.maxRole, this.madeWith,
				this.createdAt, this.disabledAt, this.resource);
	}

	/**
	 * Returns whether it may come to tokens this way.
	 */
	public boolean may(GrantType grantType) {
		return this.grantTypes.contains(grantType);
	}

}
