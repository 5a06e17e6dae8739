package dev.latchkey.oauth;

import dev.latchkey.client.Client;
import dev.latchkey.client.ClientAuthenticator;
import dev.latchkey.client.ClientAuthenticator.Presented;
import dev.latchkey.client.ClientSecret;
import dev.latchkey.endpoint.OAuthException;
import dev.latchkey.endpoint.OAuthForm;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.web.authentication.AuthenticationConverter;
import org.springframework.stereotype.Component;

/**
 * Brings {@link ClientAuthenticator} to the token endpoint, in place of the library's own
 * ways: a client is one and the same wherever it asks. Whether a code is its own, a
 * client proves when it redeems it.
 */
@Component
class ClientAuthenticationAdapter implements AuthenticationConverter, AuthenticationProvider {

	private final ClientAuthenticator gate;

	private final PresentedGrants look;

	private final RegisteredClients registered;

	ClientAuthenticationAdapter(ClientAuthenticator gate, PresentedGrants look, RegisteredClients registered) {
		this.gate = gate;
		this.look = look;
		this.registered = registered;
	}

	@Override
	public Authentication convert(HttpServletRequest request) {
		this.look.take(request);
		try {
			Presented presented = this.gate.read(OAuthForm.of(request));
			return new OAuth2ClientAuthenticationToken(presented.clientId(), method(presented.secret()),
					presented.secret(), null);
		}
		catch (OAuthException refusal) {
			throw translate(refusal);
		}
	}

	@Override
	public Authentication authenticate(Authentication authentication) {
		OAuth2ClientAuthenticationToken presented = (OAuth2ClientAuthenticationToken) authentication;
		ClientSecret secret = (ClientSecret) presented.getCredentials();
		try {
			Client client = this.gate.require(new Presented(presented.getName(), secret));
			RegisteredClient registration = this.registered.findByClientId(client.clientId());
			if (registration == null) {
				throw OAuthException.invalidClient();
			}
			return new OAuth2ClientAuthenticationToken(registration, method(secret), null);
		}
		catch (OAuthException refusal) {
			throw translate(refusal);
		}
	}

	@Override
	public boolean supports(Class<?> authentication) {
		return OAuth2ClientAuthenticationToken.class.isAssignableFrom(authentication);
	}

	private static ClientAuthenticationMethod method(@Nullable ClientSecret secret) {
		return (secret != null) ? ClientAuthenticationMethod.CLIENT_SECRET_BASIC : ClientAuthenticationMethod.NONE;
	}

	/** The handler of errors writes what is in it. */
	private static OAuth2AuthenticationException translate(OAuthException refusal) {
		return new OAuth2AuthenticationException(new OAuth2Error(refusal.error()), refusal);
	}

}
