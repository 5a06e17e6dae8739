package dev.latchkey.oauth;

import dev.latchkey.client.Client;
import dev.latchkey.client.GrantType;
import dev.latchkey.grant.CodeFlow;
import dev.latchkey.scope.Resources;

import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.endpoint.PkceParameterNames;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeAuthenticationToken;

/**
 * Answers whoever has a code (RFC 6749 section 4.1.3).
 */
class AuthorizationCodeAuthenticationProvider
		extends GrantAuthenticationProvider<OAuth2AuthorizationCodeAuthenticationToken> {

	private final CodeFlow codes;

	private final AskedResources resources;

	AuthorizationCodeAuthenticationProvider(CodeFlow codes, AskedResources resources) {
		super(OAuth2AuthorizationCodeAuthenticationToken.class, GrantType.AUTHORIZATION_CODE);
		this.codes = codes;
		this.resources = resources;
	}

	@Override
	TokenAnswer answer(TokenRequestClient caller, Client client, OAuth2AuthorizationCodeAuthenticationToken request) {
		Object given = request.getAdditionalParameters().get(PkceParameterNames.CODE_VERIFIER);
		if (!(given instanceof String verifier)) {
			OAuth2Error error = (given != null)
					? new OAuth2Error(OAuth2ErrorCodes.INVALID_REQUEST, "The parameter code_verifier is given twice.",
							null)
					: new OAuth2Error(OAuth2ErrorCodes.INVALID_GRANT, "The parameter code_verifier is missing.", null);
			throw new OAuth2AuthenticationException(error);
		}
		Resources target = this.resources.read(request.getAdditionalParameters());
		return this.codes
			.redeem(caller.actor(), client, request.getCode(), verifier, request.getRedirectUri(), target,
					caller.attempt())
			.map(TokenAnswer::of)
			.orElseThrow(GrantAuthenticationProvider::invalidGrant);
	}

}
