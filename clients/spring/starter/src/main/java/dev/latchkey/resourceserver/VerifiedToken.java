package dev.latchkey.resourceserver;

import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * What Latchkey says of a good token.
 *
 * @param subject the id of its owner, which is never given again
 * @param username the owner's address, or null
 * @param scopes what it may do now
 * @param id its own id, or null
 * @param clientId the client that it was given to, or null
 * @param audience the addresses of the services that it is for, or nothing
 * @param issuedAt when it was made, or null
 * @param expiresAt when it ends, or null for never
 */
public record VerifiedToken(String subject, @Nullable String username, Set<String> scopes, @Nullable String id,
		@Nullable String clientId, List<String> audience, @Nullable Instant issuedAt,
		@Nullable Instant expiresAt) implements Serializable {

	public VerifiedToken {
		scopes = Set.copyOf(scopes);
		audience = List.copyOf(audience);
	}

	/**
	 * Returns whether it may do that.
	 */
	public boolean can(String scope) {
		return this.scopes.contains(scope);
	}

}
