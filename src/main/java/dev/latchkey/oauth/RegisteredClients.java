package dev.latchkey.oauth;

import java.util.UUID;

import dev.latchkey.client.Client;
import dev.latchkey.client.ClientCache;
import org.jspecify.annotations.Nullable;

import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.stereotype.Component;

/**
 * Shows the clients to Spring's authorization server. Secrets are none of its business;
 * each client has to prove by PKCE that the code is its own, and no account is passed
 * over without being asked.
 */
@Component
class RegisteredClients implements RegisteredClientRepository {

	private final ClientCache clients;

	RegisteredClients(ClientCache clients) {
		this.clients = clients;
	}

	@Override
	public void save(RegisteredClient client) {
		throw new UnsupportedOperationException("Clients are registered elsewhere");
	}

	@Override
	public @Nullable RegisteredClient findById(String id) {
		return this.clients.find(UUID.fromString(id))
			.flatMap((client) -> this.clients.find(client.clientId()))
			.map(RegisteredClients::toRegisteredClient)
			.orElse(null);
	}

	@Override
	public @Nullable RegisteredClient findByClientId(String clientId) {
		return this.clients.find(clientId).map(RegisteredClients::toRegisteredClient).orElse(null);
	}

	static RegisteredClient toRegisteredClient(Client client) {
		RegisteredClient.Builder shown = RegisteredClient.withId(client.id().toString())
			.clientId(client.clientId())
			.clientName(client.name())
			.clientIdIssuedAt(client.createdAt())
			.redirectUris((uris) -> uris.addAll(client.redirectUris()))
			.scopes((scopes) -> scopes.addAll(client.scopes().names()))
			.clientSettings(ClientSettings.builder().requireProofKey(true).requireAuthorizationConsent(true).build());
		client.grantTypes().forEach((type) -> shown.authorizationGrantType(new AuthorizationGrantType(type.value())));
		if (client.confidential()) {
			shown.clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
				.clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_POST);
		}
		else {
			shown.clientAuthenticationMethod(ClientAuthenticationMethod.NONE);
		}
		return shown.build();
	}

}
