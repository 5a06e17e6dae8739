package dev.latchkey.oauth;

import dev.latchkey.client.ClientAuthenticator;
import dev.latchkey.client.GrantType;
import dev.latchkey.endpoint.OAuthException;
import dev.latchkey.endpoint.OAuthForm;
import dev.latchkey.grant.CodeFlow;
import dev.latchkey.grant.RedemptionAttempt;
import dev.latchkey.grant.RefreshFlow;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
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

	private final CodeFlow codes;

	private final RefreshFlow refreshes;

	ClientAuthenticationAdapter(ClientAuthenticator gate, CodeFlow codes, RefreshFlow refreshes) {
		this.gate = gate;
		this.codes = codes;
		this.refreshes = refreshes;
	}

	@Override
	public Authentication convert(HttpServletRequest request) {
		RedemptionAttempt attempt = attempt(request);
		try {
			return new TokenRequestClient(this.gate.read(OAuthForm.of(request)), attempt, request);
		}
		catch (OAuthException refusal) {
			throw translate(refusal);
		}
	}

	/** Looked at without a lock, and before the client proves itself. */
	private RedemptionAttempt attempt(HttpServletRequest request) {
		String refresh = request.getParameter(OAuth2ParameterNames.REFRESH_TOKEN);
		String code = request.getParameter(OAuth2ParameterNames.CODE);
		boolean refreshing = GrantType.REFRESH_TOKEN.value()
			.equals(request.getParameter(OAuth2ParameterNames.GRANT_TYPE));
		boolean unspent = refreshing ? refresh != null && this.refreshes.isUnspent(refresh)
				: code != null && this.codes.isUnused(code);
		return RedemptionAttempt.of(request, unspent);
	}

	@Override
	public Authentication authenticate(Authentication authentication) {
		TokenRequestClient presented = (TokenRequestClient) authentication;
		try {
			return new TokenRequestClient(presented, this.gate.require(presented.request(), presented.presented()));
		}
		catch (OAuthException refusal) {
			throw translate(refusal);
		}
	}

	@Override
	public boolean supports(Class<?> authentication) {
		return TokenRequestClient.class.isAssignableFrom(authentication);
	}

	/** The handler of errors writes what is in it. */
	private static OAuth2AuthenticationException translate(OAuthException refusal) {
		return new OAuth2AuthenticationException(new OAuth2Error(refusal.error()), refusal);
	}

}
