package dev.latchkey.oauth;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

import dev.latchkey.client.Client;
import dev.latchkey.client.GrantType;
import dev.latchkey.grant.ExchangeFlow;
import dev.latchkey.grant.ExchangeRequest;
import dev.latchkey.jwt.JwtType;
import dev.latchkey.net.IpAddress;
import dev.latchkey.problem.TooManyException;
import dev.latchkey.verification.TokenRefusedException;

import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2TokenExchangeAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.context.AuthorizationServerContextHolder;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

/**
 * Answers whoever wants a JWT for a token (RFC 8693).
 */
class TokenExchangeAuthenticationProvider extends GrantAuthenticationProvider<OAuth2TokenExchangeAuthenticationToken> {

	private final ExchangeFlow exchanges;

	TokenExchangeAuthenticationProvider(ExchangeFlow exchanges) {
		super(OAuth2TokenExchangeAuthenticationToken.class, GrantType.TOKEN_EXCHANGE);
		this.exchanges = exchanges;
	}

	@Override
	TokenAnswer answer(TokenRequestClient caller, Client client, OAuth2TokenExchangeAuthenticationToken request) {
		JwtType type = JwtType.of(request.getRequestedTokenType()).orElseThrow();
		String address = (request.getDetails() instanceof WebAuthenticationDetails details) ? details.getRemoteAddress()
				: null;
		Set<String> audiences = new LinkedHashSet<>(request.getAudiences());
		audiences.addAll(request.getResources());
		try {
			ExchangeFlow.Exchanged given = this.exchanges.exchange(caller.actor(),
					new ExchangeRequest(request.getSubjectToken(), IpAddress.parse(address).orElse(null), type,
							request.getScopes(), audiences, AuthorizationServerContextHolder.getContext().getIssuer()),
					client);
			return new TokenAnswer(new OAuth2AccessToken(OAuth2AccessToken.TokenType.BEARER, given.jwt(),
					given.issuedAt(), given.expiresAt(), given.scopes()), null,
					Map.of("issued_token_type", type.uri()));
		}
		catch (TokenRefusedException ex) {
			throw new AuditedRefusalException(
					new OAuth2Error(OAuth2ErrorCodes.INVALID_REQUEST, "The subject token is not valid.", null));
		}
		catch (TooManyException ex) {
			throw new OAuth2AuthenticationException(new OAuth2Error(ex.code().value(), ex.getMessage(), null), ex);
		}
	}

}
