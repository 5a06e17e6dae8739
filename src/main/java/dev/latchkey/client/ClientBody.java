package dev.latchkey.client;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.latchkey.scope.Role;
import org.jspecify.annotations.Nullable;

/**
 * A client as administrators see it, once with its secret.
 */
record ClientBody(UUID id, String clientId, String name, boolean confidential, Set<GrantType> grantTypes,
		List<String> scopes, List<String> redirectUris, List<String> audiences, @Nullable String resource,
		@Nullable Role role, @Nullable UUID accountId, Instant createdAt, boolean enabled,
		@JsonInclude(Include.NON_NULL) @Nullable ClientSecret clientSecret) {

	static ClientBody of(Client client) {
		return of(new RegisteredSecret(client, null));
	}

	static ClientBody of(RegisteredSecret registered) {
		Client client = registered.client();
		return new ClientBody(client.id(), client.clientId(), client.name(), client.confidential(), client.grantTypes(),
				List.copyOf(client.scopes().names()), client.redirectUris(), client.audiences(), client.resource(),
				client.servesRole(), client.accountId(), client.createdAt(), client.disabledAt() == null,
				registered.secret());
	}

}
