package dev.latchkey.oauth;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;

import dev.latchkey.endpoint.OAuthResponses;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AccessTokenAuthenticationToken;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;
import org.springframework.stereotype.Component;

/**
 * Writes the answer of RFC 6749 section 5.1, with the life that the tokens were given and
 * not what the machine's clock has left of it.
 */
@Component
class TokenEndpointResponseHandler implements AuthenticationSuccessHandler {

	private final OAuthResponses answers;

	TokenEndpointResponseHandler(OAuthResponses answers) {
		this.answers = answers;
	}

	@Override
	public void onAuthenticationSuccess(HttpServletRequest request, HttpServletResponse response,
			Authentication authentication) throws IOException {
		OAuth2AccessTokenAuthenticationToken given = (OAuth2AccessTokenAuthenticationToken) authentication;
		OAuth2AccessToken access = given.getAccessToken();
		Map<String, Object> body = new LinkedHashMap<>();
		body.put("token_type", access.getTokenType().getValue());
		Instant issuedAt = access.getIssuedAt();
		Instant expiresAt = access.getExpiresAt();
		if (issuedAt != null && expiresAt != null) {
			body.put("expires_in", Duration.between(issuedAt, expiresAt).toSeconds());
		}
		body.put("access_token", access.getTokenValue());
		OAuth2RefreshToken refresh = given.getRefreshToken();
		if (refresh != null) {
			body.put("refresh_token", refresh.getTokenValue());
		}
		body.put("scope", String.join(" ", new TreeSet<>(access.getScopes())));
		body.putAll(given.getAdditionalParameters());
		this.answers.write(response, body);
	}

}
