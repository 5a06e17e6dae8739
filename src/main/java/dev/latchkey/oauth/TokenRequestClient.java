package dev.latchkey.oauth;

import dev.latchkey.caller.Actor;
import dev.latchkey.client.Client;
import dev.latchkey.client.ClientAuthenticator.Presented;
import dev.latchkey.client.ClientSecret;
import dev.latchkey.grant.RedemptionAttempt;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientAuthenticationToken;

/**
 * The client of a request at the token endpoint, first as it presents itself and then
 * proven. It carries through the library what the grants need, so that nothing is looked
 * up again: the client, who acts, and how the request found what it redeems when it came
 * in.
 */
final class TokenRequestClient extends OAuth2ClientAuthenticationToken {

	private static final long serialVersionUID = 1L;

	private final transient @Nullable Client client;

	private final transient RedemptionAttempt attempt;

	private final transient HttpServletRequest request;

	/** Says who a client says that it is. */
	TokenRequestClient(Presented presented, RedemptionAttempt attempt, HttpServletRequest request) {
		super(presented.clientId(), method(presented.secret()), presented.secret(), null);
		this.client = null;
		this.attempt = attempt;
		this.request = request;
	}

	/** Says who the client is. */
	TokenRequestClient(TokenRequestClient presented, Client client) {
		super(RegisteredClients.toRegisteredClient(client), presented.getClientAuthenticationMethod(), null);
		this.client = client;
		this.attempt = presented.attempt;
		this.request = presented.request;
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

	HttpServletRequest request() {
		return this.request;
	}

	/**
	 * Returns who acts: the client, once it is proven.
	 */
	Actor actor() {
		return Actor.of(this.request);
	}

	RedemptionAttempt attempt() {
		return this.attempt;
	}

	private static ClientAuthenticationMethod method(@Nullable ClientSecret secret) {
		return (secret != null) ? ClientAuthenticationMethod.CLIENT_SECRET_BASIC : ClientAuthenticationMethod.NONE;
	}

}
