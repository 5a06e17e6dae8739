package dev.latchkey.oauth;

import java.util.Optional;

import dev.latchkey.client.Client;
import dev.latchkey.client.GrantType;
import dev.latchkey.endpoint.OAuthException;
import dev.latchkey.grant.RefreshFlow;
import dev.latchkey.grant.TokenPair;
import dev.latchkey.scope.Resources;
import dev.latchkey.scope.Scopes;
import org.jspecify.annotations.Nullable;

import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2RefreshTokenAuthenticationToken;

/**
 * Answers whoever has a refresh token (RFC 6749 section 6).
 */
class RefreshTokenAuthenticationProvider extends GrantAuthenticationProvider<OAuth2RefreshTokenAuthenticationToken> {

	private final RefreshFlow refreshes;

	private final AskedScopes scopes;

	private final AskedResources resources;

	RefreshTokenAuthenticationProvider(RefreshFlow refreshes, AskedScopes scopes, AskedResources resources) {
		super(OAuth2RefreshTokenAuthenticationToken.class, GrantType.REFRESH_TOKEN);
		this.refreshes = refreshes;
		this.scopes = scopes;
		this.resources = resources;
	}

	@Override
	TokenAnswer answer(TokenRequestClient caller, Client client, OAuth2RefreshTokenAuthenticationToken request) {
		Scopes wanted = this.scopes.read(request.getScopes());
		Resources target = this.resources.read(request.getAdditionalParameters());
		return redeem(caller, client, request.getRefreshToken(), wanted, target).map(TokenAnswer::of)
			.orElseThrow(GrantAuthenticationProvider::invalidGrant);
	}

	/** The flow tells the audit of what it refuses. */
	private Optional<TokenPair> redeem(TokenRequestClient caller, Client client, String presented,
			@Nullable Scopes wanted, @Nullable Resources target) {
		try {
			return this.refreshes.redeem(caller.actor(), client, presented, wanted, target, caller.attempt());
		}
		catch (OAuthException ex) {
			throw new AuditedRefusalException(new OAuth2Error(ex.error()));
		}
	}

}
