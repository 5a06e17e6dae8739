package dev.latchkey.oauth;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import dev.latchkey.grant.TokenPair;
import dev.latchkey.token.IssuedToken;
import org.jspecify.annotations.Nullable;

import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;

/**
 * What stands in the answer of the token endpoint.
 */
record TokenAnswer(OAuth2AccessToken access, @Nullable OAuth2RefreshToken refresh, Map<String, Object> further) {

	static TokenAnswer of(TokenPair pair) {
		IssuedToken access = pair.access();
		IssuedToken refresh = pair.refresh();
		Instant issuedAt = access.details().history().createdAt();
		Set<String> scopes = new TreeSet<>(access.details().terms().scopes().names());
		return new TokenAnswer(
				new OAuth2AccessToken(OAuth2AccessToken.TokenType.BEARER, access.raw().reveal(), issuedAt,
						access.details().terms().expiresAt(), scopes),
				(refresh != null) ? new OAuth2RefreshToken(refresh.raw().reveal(), issuedAt,
						refresh.details().terms().expiresAt()) : null,
				Map.of());
	}

}
