package dev.latchkey.oauth;

import dev.latchkey.client.Client;
import dev.latchkey.client.ClientAuthenticator.Presented;
import dev.latchkey.client.ClientSecret;
import dev.latchkey.grant.RedemptionAttempt;
import org.jspecify.annotations.Nullable;

import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientAuthenticationToken;

/**
 * The client of a request at the token endpoint, first as it presents itself and then
 * proven. It carries through the library what the grants need, so that nothing is looked
 * up again: the client, and how the request found what it redeems when it came in.
 */
final class TokenRequestClient extends OAuth2ClientAuthenticationToken {

	private static final long serialVersionUID = 1L;

	private final transient @Nullable Client client;

	private final transient RedemptionAttempt attempt;

	/** Says who a client says that it is. */
	TokenRequestClient(Presented presented, RedemptionAttempt attempt) {
		super(presented.clientId(), method(presented.secret()), presented.secret(), null);
		this.client = null;
		this.attempt = attempt;
	}

	/** Says who the client is. */
	TokenRequestClient(TokenRequestClient presented, Client client) {
		super(RegisteredClients.toRegisteredClient(client), presented.getClientAuthenticationMethod(), null);
		this.client = client;
		this.attempt = presented.attempt;
	}

	Presented presented() {
		return new Presented(getName(), (ClientSecret) getCredentials());
	}

	/**
	 * Returns the client, or null while it is not proven.
	 */
	@Nullable Client client() {
		return this.client;
	}

	RedemptionAttempt attempt() {
		return this.attempt;
	}

	private static ClientAuthenticationMethod method(@Nullable ClientSecret secret) {
		return (secret != null) ? ClientAuthenticationMethod.CLIENT_SECRET_BASIC : ClientAuthenticationMethod.NONE;
	}

}
