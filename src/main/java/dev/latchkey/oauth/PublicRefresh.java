package dev.latchkey.oauth;

import java.util.Map;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.web.authentication.AuthenticationConverter;

/**
 * Lets a client without a secret refresh by its name alone. Its refresh tokens work once,
 * which is what OAuth 2.1 asks for in place of a secret.
 */
class PublicRefresh implements AuthenticationConverter, AuthenticationProvider {

	private final RegisteredClients clients;

	PublicRefresh(RegisteredClients clients) {
		this.clients = clients;
	}

	@Override
	public @Nullable Authentication convert(HttpServletRequest request) {
		String clientId = request.getParameter(OAuth2ParameterNames.CLIENT_ID);
		boolean applies = GrantType.REFRESH_TOKEN.value().equals(request.getParameter(OAuth2ParameterNames.GRANT_TYPE))
				&& clientId != null && request.getParameter(OAuth2ParameterNames.CLIENT_SECRET) == null
				&& request.getHeader(HttpHeaders.AUTHORIZATION) == null;
		return applies ? new OAuth2ClientAuthenticationToken(clientId, ClientAuthenticationMethod.NONE, null,
				Map.of(OAuth2ParameterNames.GRANT_TYPE, GrantType.REFRESH_TOKEN.value())) : null;
	}

	@Override
	public @Nullable Authentication authenticate(Authentication authentication) {
		OAuth2ClientAuthenticationToken presented = (OAuth2ClientAuthenticationToken) authentication;
		boolean applies = ClientAuthenticationMethod.NONE.equals(presented.getClientAuthenticationMethod())
				&& GrantType.REFRESH_TOKEN.value()
					.equals(presented.getAdditionalParameters().get(OAuth2ParameterNames.GRANT_TYPE));
		if (!applies) {
			return null;
		}
		RegisteredClient client = this.clients.findByClientId(presented.getName());
		if (client == null || !client.getClientAuthenticationMethods().contains(ClientAuthenticationMethod.NONE)) {
			throw GrantProviders.refusal(OAuth2ErrorCodes.INVALID_CLIENT);
		}
		return new OAuth2ClientAuthenticationToken(client, ClientAuthenticationMethod.NONE, null);
	}

	@Override
	public boolean supports(Class<?> authentication) {
		return OAuth2ClientAuthenticationToken.class.isAssignableFrom(authentication);
	}

}
