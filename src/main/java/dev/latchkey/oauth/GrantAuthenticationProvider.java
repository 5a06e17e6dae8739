package dev.latchkey.oauth;

import dev.latchkey.client.Client;
import dev.latchkey.client.GrantType;
import dev.latchkey.endpoint.OAuthException;
import dev.latchkey.token.QuotaExceededException;

import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AccessTokenAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationGrantAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;

/**
 * Answers requests of one grant type at the token endpoint, and does what all have in
 * common: it checks that the client is proven and may use the grant type, and says in the
 * words of the library what was refused.
 *
 * @param <T> what the library makes of such a request
 */
abstract class GrantAuthenticationProvider<T extends OAuth2AuthorizationGrantAuthenticationToken>
		implements AuthenticationProvider {

	/** RFC 6749 has no code for it. */
	private static final String QUOTA = "quota_exceeded";

	private final Class<T> type;

	private final GrantType grantType;

	GrantAuthenticationProvider(Class<T> type, GrantType grantType) {
		this.type = type;
		this.grantType = grantType;
	}

	/**
	 * Answers a request of a client that may use this grant type.
	 * @param caller who asks, proven
	 * @param client the same one
	 * @throws OAuth2AuthenticationException if it is refused
	 * @throws OAuthException likewise
	 */
	abstract TokenAnswer answer(TokenRequestClient caller, Client client, T request);

	@Override
	public final Authentication authenticate(Authentication authentication) {
		T request = this.type.cast(authentication);
		TokenRequestClient caller = (request.getPrincipal() instanceof TokenRequestClient proven) ? proven : null;
		Client client = (caller != null) ? caller.client() : null;
		RegisteredClient registered = (caller != null) ? caller.getRegisteredClient() : null;
		if (caller == null || client == null || registered == null) {
			throw new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_CLIENT);
		}
		if (!client.may(this.grantType)) {
			throw new OAuth2AuthenticationException(OAuth2ErrorCodes.UNAUTHORIZED_CLIENT);
		}
		TokenAnswer given;
		try {
			given = answer(caller, client, request);
		}
		catch (QuotaExceededException ex) {
			throw new OAuth2AuthenticationException(new OAuth2Error(QUOTA, ex.getMessage(), null), ex);
		}
		catch (OAuthException ex) {
			throw new OAuth2AuthenticationException(new OAuth2Error(ex.error(), ex.getMessage(), null));
		}
		return (given.refresh() != null)
				? new OAuth2AccessTokenAuthenticationToken(registered, caller, given.access(), given.refresh(),
						given.further())
				: new OAuth2AccessTokenAuthenticationToken(registered, caller, given.access(), null, given.further());
	}

	@Override
	public final boolean supports(Class<?> authentication) {
		return this.type.isAssignableFrom(authentication);
	}

	/**
	 * Returns the refusal of a code or token that cannot be redeemed. The flow, which
	 * knows why, has told the audit of it.
	 */
	static OAuth2AuthenticationException invalidGrant() {
		return new AuditedRefusalException(new OAuth2Error(OAuth2ErrorCodes.INVALID_GRANT));
	}

}
