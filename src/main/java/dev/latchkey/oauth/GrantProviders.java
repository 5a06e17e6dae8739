package dev.latchkey.oauth;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import dev.latchkey.caller.Actor;
import dev.latchkey.client.Client;
import dev.latchkey.client.GrantType;
import dev.latchkey.endpoint.OAuthException;
import dev.latchkey.grant.ClientFlow;
import dev.latchkey.grant.CodeFlow;
import dev.latchkey.grant.DeviceFlow;
import dev.latchkey.grant.ExchangeFlow;
import dev.latchkey.grant.ExchangeRequest;
import dev.latchkey.grant.RedemptionAttempt;
import dev.latchkey.grant.RefreshFlow;
import dev.latchkey.grant.TokenPair;
import dev.latchkey.jwt.JwtType;
import dev.latchkey.net.IpAddress;
import dev.latchkey.problem.TooManyException;
import dev.latchkey.scope.Resources;
import dev.latchkey.scope.ScopeCatalogue;
import dev.latchkey.scope.Scopes;
import dev.latchkey.token.IssuedToken;
import dev.latchkey.token.QuotaExceededException;
import dev.latchkey.verification.TokenRefusedException;
import org.jspecify.annotations.Nullable;

import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;
import org.springframework.security.oauth2.core.endpoint.PkceParameterNames;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AccessTokenAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationGrantAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientCredentialsAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2DeviceCodeAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2RefreshTokenAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2TokenExchangeAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.context.AuthorizationServerContextHolder;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.stereotype.Component;

/**
 * Answers requests at the token endpoint through the flows of the house.
 */
@Component
class GrantProviders {

	/** RFC 6749 has no code for it. */
	private static final String QUOTA = "quota_exceeded";

	/** RFC 8628 section 3.5. */
	private static final Map<String, String> WAITING = Map.of("authorization_pending", "Nobody has answered yet.",
			"slow_down", "The device asks too often: 5 seconds more from now on.");

	private final CodeFlow codes;

	private final RefreshFlow refreshes;

	private final ClientFlow credentials;

	private final ExchangeFlow exchanges;

	private final DeviceFlow devices;

	private final AskedResources asked;

	private final ScopeCatalogue catalogue;

	GrantProviders(CodeFlow codes, RefreshFlow refreshes, ClientFlow credentials, ExchangeFlow exchanges,
			DeviceFlow devices, AskedResources asked, ScopeCatalogue catalogue) {
		this.codes = codes;
		this.refreshes = refreshes;
		this.credentials = credentials;
		this.exchanges = exchanges;
		this.devices = devices;
		this.asked = asked;
		this.catalogue = catalogue;
	}

	/**
	 * Returns one provider a grant type.
	 */
	List<AuthenticationProvider> all() {
		return List.of(
				new Provider<>(OAuth2AuthorizationCodeAuthenticationToken.class, GrantType.AUTHORIZATION_CODE,
						this::code),
				new Provider<>(OAuth2RefreshTokenAuthenticationToken.class, GrantType.REFRESH_TOKEN, this::refresh),
				new Provider<>(OAuth2ClientCredentialsAuthenticationToken.class, GrantType.CLIENT_CREDENTIALS,
						(actor, request, client, attempt) -> credentials(actor, request, client)),
				new Provider<>(OAuth2TokenExchangeAuthenticationToken.class, GrantType.TOKEN_EXCHANGE,
						(actor, request, client, attempt) -> exchange(actor, request, client)),
				new Provider<>(OAuth2DeviceCodeAuthenticationToken.class, GrantType.DEVICE_CODE,
						(actor, request, client, attempt) -> device(actor, request, client)));
	}

	private Given code(Actor actor, OAuth2AuthorizationCodeAuthenticationToken request, Client client,
			RedemptionAttempt attempt) {
		if (!(request.getAdditionalParameters().get(PkceParameterNames.CODE_VERIFIER) instanceof String verifier)) {
			throw new OAuth2AuthenticationException(new OAuth2Error(OAuth2ErrorCodes.INVALID_GRANT,
					"The parameter code_verifier is missing, or is given twice.", null));
		}
		Resources target = target(request);
		try {
			return this.codes
				.redeem(actor, client, request.getCode(), verifier, request.getRedirectUri(), target, attempt)
				.map(Given::of)
				.orElseThrow(GrantProviders::invalidGrant);
		}
		catch (OAuthException ex) {
			throw refusal(ex);
		}
	}

	private Given refresh(Actor actor, OAuth2RefreshTokenAuthenticationToken request, Client client,
			RedemptionAttempt attempt) {
		Scopes wanted = request.getScopes().isEmpty() ? null : existing(request.getScopes());
		Resources target = target(request);
		try {
			return this.refreshes.redeem(actor, client, request.getRefreshToken(), wanted, target, attempt)
				.map(Given::of)
				.orElseThrow(GrantProviders::invalidGrant);
		}
		catch (OAuthException ex) {
			throw new AuditedRefusalException(new OAuth2Error(ex.error()));
		}
	}

	private Given credentials(Actor actor, OAuth2ClientCredentialsAuthenticationToken request, Client client) {
		Scopes wanted = request.getScopes().isEmpty() ? offered(client) : existing(request.getScopes());
		if (wanted.names().isEmpty() || !this.catalogue.covers(client.scopes(), wanted)) {
			throw refusal(OAuth2ErrorCodes.INVALID_SCOPE);
		}
		Resources target = target(request);
		try {
			return this.credentials.issue(actor, client, wanted, target)
				.map((token) -> Given.of(new TokenPair(token, null)))
				.orElseThrow(() -> refusal(OAuth2ErrorCodes.UNAUTHORIZED_CLIENT));
		}
		catch (OAuthException ex) {
			throw refusal(ex);
		}
	}

	/** A device that waits is no client that is refused. */
	private Given device(Actor actor, OAuth2DeviceCodeAuthenticationToken request, Client client) {
		Resources target = target(request);
		DeviceFlow.Answer answer;
		try {
			answer = this.devices.redeem(actor, client, request.getDeviceCode(), target);
		}
		catch (OAuthException ex) {
			throw refusal(ex);
		}
		TokenPair tokens = answer.tokens();
		String error = String.valueOf(answer.error());
		if (tokens != null) {
			return Given.of(tokens);
		}
		if (WAITING.containsKey(error)) {
			throw new AuditedRefusalException(new OAuth2Error(error, WAITING.get(error), null));
		}
		throw ("expired_token".equals(error)
				? new OAuth2AuthenticationException(new OAuth2Error(error, "The device code has expired.", null))
				: refusal(error));
	}

	private @Nullable Resources target(OAuth2AuthorizationGrantAuthenticationToken request) {
		try {
			return this.asked.read(request.getAdditionalParameters());
		}
		catch (OAuthException ex) {
			throw refusal(ex);
		}
	}

	private static OAuth2AuthenticationException refusal(OAuthException refusal) {
		return new OAuth2AuthenticationException(new OAuth2Error(refusal.error(), refusal.getMessage(), null));
	}

	/** What of a client's is given still, where it does not say what it wants. */
	private Scopes offered(Client client) {
		return Scopes.of(client.scopes().names().stream().filter(this.catalogue::admits).toList());
	}

	private Scopes existing(Set<String> asked) {
		Scopes scopes = Scopes.of(asked);
		if (!this.catalogue.admits(scopes)) {
			throw refusal(OAuth2ErrorCodes.INVALID_SCOPE);
		}
		return scopes;
	}

	private Given exchange(Actor actor, OAuth2TokenExchangeAuthenticationToken request, Client client) {
		JwtType type = JwtType.of(request.getRequestedTokenType()).orElseThrow();
		String address = (request.getDetails() instanceof WebAuthenticationDetails details) ? details.getRemoteAddress()
				: null;
		Set<String> audiences = new LinkedHashSet<>(request.getAudiences());
		audiences.addAll(request.getResources());
		try {
			ExchangeFlow.Exchanged given = this.exchanges.exchange(actor,
					new ExchangeRequest(request.getSubjectToken(), IpAddress.parse(address).orElse(null), type,
							request.getScopes(), audiences, AuthorizationServerContextHolder.getContext().getIssuer()),
					client);
			return new Given(new OAuth2AccessToken(OAuth2AccessToken.TokenType.BEARER, given.jwt(), given.issuedAt(),
					given.expiresAt(), given.scopes()), null, Map.of("issued_token_type", type.uri()));
		}
		catch (TokenRefusedException ex) {
			throw new AuditedRefusalException(
					new OAuth2Error(OAuth2ErrorCodes.INVALID_REQUEST, "The subject token is not valid.", null));
		}
		catch (TooManyException ex) {
			throw new OAuth2AuthenticationException(new OAuth2Error(ex.code().value(), ex.getMessage(), null), ex);
		}
		catch (OAuthException ex) {
			throw new OAuth2AuthenticationException(new OAuth2Error(ex.error(), ex.getMessage(), null));
		}
	}

	/** Who redeems codes and tokens tells the audit what is wrong with one. */
	private static OAuth2AuthenticationException invalidGrant() {
		return new AuditedRefusalException(new OAuth2Error(OAuth2ErrorCodes.INVALID_GRANT));
	}

	static OAuth2AuthenticationException refusal(String error) {
		return new OAuth2AuthenticationException(error);
	}

	/** What stands in the answer. */
	private record Given(OAuth2AccessToken access, @Nullable OAuth2RefreshToken refresh, Map<String, Object> further) {

		static Given of(TokenPair pair) {
			IssuedToken access = pair.access();
			IssuedToken refresh = pair.refresh();
			Instant issuedAt = access.details().history().createdAt();
			Set<String> scopes = new TreeSet<>(access.details().terms().scopes().names());
			return new Given(
					new OAuth2AccessToken(OAuth2AccessToken.TokenType.BEARER, access.raw().reveal(), issuedAt,
							access.details().terms().expiresAt(), scopes),
					(refresh != null) ? new OAuth2RefreshToken(refresh.raw().reveal(), issuedAt,
							refresh.details().terms().expiresAt()) : null,
					Map.of());
		}

	}

	/** Checks what all grant types have in common: that the client may use it. */
	private static final class Provider<T extends OAuth2AuthorizationGrantAuthenticationToken>
			implements AuthenticationProvider {

		private final Class<T> type;

		private final GrantType grantType;

		private final Flow<T> flow;

		private Provider(Class<T> type, GrantType grantType, Flow<T> flow) {
			this.type = type;
			this.grantType = grantType;
			this.flow = flow;
		}

		@Override
		public Authentication authenticate(Authentication authentication) {
			T request = this.type.cast(authentication);
			TokenRequestClient caller = (request.getPrincipal() instanceof TokenRequestClient proven) ? proven : null;
			Client client = (caller != null) ? caller.client() : null;
			RegisteredClient registered = (caller != null) ? caller.getRegisteredClient() : null;
			if (caller == null || client == null || registered == null) {
				throw refusal(OAuth2ErrorCodes.INVALID_CLIENT);
			}
			if (!client.may(this.grantType)) {
				throw refusal(OAuth2ErrorCodes.UNAUTHORIZED_CLIENT);
			}
			Given given;
			try {
				given = this.flow.run(caller.actor(), request, client, caller.attempt());
			}
			catch (QuotaExceededException ex) {
				throw new OAuth2AuthenticationException(new OAuth2Error(QUOTA, ex.getMessage(), null), ex);
			}
			return (given.refresh() != null)
					? new OAuth2AccessTokenAuthenticationToken(registered, caller, given.access(), given.refresh(),
							given.further())
					: new OAuth2AccessTokenAuthenticationToken(registered, caller, given.access(), null,
							given.further());
		}

		@Override
		public boolean supports(Class<?> authentication) {
			return this.type.isAssignableFrom(authentication);
		}

	}

	/** One way to a token. */
	@FunctionalInterface
	private interface Flow<T> {

		Given run(Actor actor, T request, Client client, RedemptionAttempt attempt);

	}

}
