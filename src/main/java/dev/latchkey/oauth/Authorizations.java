package dev.latchkey.oauth;

import java.security.Principal;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import dev.latchkey.grant.AskedRights;
import dev.latchkey.grant.AuthorizationRow;
import dev.latchkey.grant.AuthorizationStore;
import dev.latchkey.grant.ConsentParties;
import dev.latchkey.grant.ConsentQuestion;
import dev.latchkey.scope.Scopes;
import dev.latchkey.token.TokenDigest;
import org.jspecify.annotations.Nullable;

import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.core.endpoint.PkceParameterNames;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationCode;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Keeps for Spring's authorization server what lies between a request and its code, state
 * and code as digests alone. Who asks by the raw state brings it along; codes are for the
 * flow that redeems them. Tokens are not kept here: the flows make them.
 */
@Component
class Authorizations implements OAuth2AuthorizationService {

	private static final String REQUEST = OAuth2AuthorizationRequest.class.getName();

	private static final String METHOD = "S256";

	private final AuthorizationStore store;

	private final RegisteredClients clients;

	private final ConsentParties parties;

	private final AskedResources asked;

	private final ConsentQuestion question;

	Authorizations(AuthorizationStore store, RegisteredClients clients, ConsentParties parties, AskedResources asked,
			ConsentQuestion question) {
		this.store = store;
		this.clients = clients;
		this.parties = parties;
		this.asked = asked;
		this.question = question;
	}

	/** Whoever takes the right away meanwhile finds the row, or was there before it. */
	@Override
	@Transactional
	public void save(OAuth2Authorization authorization) {
		OAuth2AuthorizationRequest request = authorization.getAttribute(REQUEST);
		if (request == null) {
			throw new IllegalArgumentException("There is no request in this authorization");
		}
		if (!this.parties.lockForShare(UUID.fromString(authorization.getRegisteredClientId()))) {
			throw Consents.changedMeanwhile();
		}
		OAuth2Authorization.Token<OAuth2AuthorizationCode> code = authorization.getToken(OAuth2AuthorizationCode.class);
		String state = authorization.getAttribute(OAuth2ParameterNames.STATE);
		AuthorizationRow row = new AuthorizationRow(UUID.fromString(authorization.getId()),
				UUID.fromString(authorization.getRegisteredClientId()),
				UUID.fromString(authorization.getPrincipalName()), null, Instant.EPOCH, null,
				new AskedRights(Scopes.of(request.getScopes()),
						(code != null) ? Scopes.of(authorization.getAuthorizedScopes()) : null,
						this.asked.read(request.getAdditionalParameters())),
				request.getRedirectUri(), request.getState(),
				String.valueOf(request.getAdditionalParameters().get(PkceParameterNames.CODE_CHALLENGE)));
		this.store.save(row, (state != null) ? TokenDigest.of(state) : null,
				(code != null) ? TokenDigest.of(code.getToken().getTokenValue()) : null);
	}

	@Override
	public void remove(OAuth2Authorization authorization) {
		this.store.delete(UUID.fromString(authorization.getId()));
	}

	@Override
	public @Nullable OAuth2Authorization findById(String id) {
		throw new UnsupportedOperationException("Nobody asks for an authorization by its id");
	}

	@Override
	public @Nullable OAuth2Authorization findByToken(String token, @Nullable OAuth2TokenType type) {
		return (type != null && OAuth2ParameterNames.STATE.equals(type.getValue()))
				? this.store.findByState(TokenDigest.of(token)).map((row) -> toAuthorization(row, token)).orElse(null)
				: null;
	}

	/** The library compares what is ticked with what was asked for, by names alone. */
	private Set<String> answerable(Scopes wanted) {
		Set<String> names = new HashSet<>(wanted.names());
		names.addAll(this.question.choices(wanted));
		return names;
	}

	private @Nullable OAuth2Authorization toAuthorization(AuthorizationRow row, String state) {
		RegisteredClient client = this.clients.findById(row.clientId().toString());
		if (client == null) {
			return null;
		}
		OAuth2AuthorizationRequest request = OAuth2AuthorizationRequest.authorizationCode()
			.authorizationUri("/oauth2/authorize")
			.clientId(client.getClientId())
			.redirectUri(row.redirectUri())
			.scopes(answerable(row.rights().wanted()))
			.state(row.clientState())
			.additionalParameters(Map.of(PkceParameterNames.CODE_CHALLENGE, row.codeChallenge(),
					PkceParameterNames.CODE_CHALLENGE_METHOD, METHOD))
			.build();
		return OAuth2Authorization.withRegisteredClient(client)
			.id(row.id().toString())
			.principalName(row.ownerId().toString())
			.authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
			.attribute(REQUEST, request)
			.attribute(Principal.class.getName(),
					UsernamePasswordAuthenticationToken.authenticated(row.ownerId().toString(), "", List.of()))
			.attribute(OAuth2ParameterNames.STATE, state)
			.build();
	}

}
