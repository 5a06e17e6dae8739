package dev.latchkey.oauth;

import dev.latchkey.client.Client;
import dev.latchkey.client.GrantType;
import dev.latchkey.grant.ClientFlow;
import dev.latchkey.grant.TokenPair;
import dev.latchkey.scope.Resources;
import dev.latchkey.scope.Scopes;

import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientCredentialsAuthenticationToken;

/**
 * Answers a client that acts for the account behind it (RFC 6749 section 4.4).
 */
class ClientCredentialsAuthenticationProvider
		extends GrantAuthenticationProvider<OAuth2ClientCredentialsAuthenticationToken> {

	private final ClientFlow credentials;

	private final AskedScopes scopes;

	private final AskedResources resources;

	ClientCredentialsAuthenticationProvider(ClientFlow credentials, AskedScopes scopes, AskedResources resources) {
		super(OAuth2ClientCredentialsAuthenticationToken.class, GrantType.CLIENT_CREDENTIALS);
		this.credentials = credentials;
		this.scopes = scopes;
		this.resources = resources;
	}

	@Override
	TokenAnswer answer(TokenRequestClient caller, Client client, OAuth2ClientCredentialsAuthenticationToken request) {
		Scopes wanted = this.scopes.readOwn(request.getScopes(), client);
		Resources target = this.resources.read(request.getAdditionalParameters());
		return this.credentials.issue(caller.actor(), client, wanted, target)
			.map((token) -> TokenAnswer.of(new TokenPair(token, null)))
			.orElseThrow(() -> new OAuth2AuthenticationException(OAuth2ErrorCodes.UNAUTHORIZED_CLIENT));
	}

}
