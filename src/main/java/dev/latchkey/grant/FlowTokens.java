package dev.latchkey.grant;

import java.time.Clock;
import java.time.Instant;
import java.util.UUID;

import dev.latchkey.caller.Actor;
import dev.latchkey.client.Client;
import dev.latchkey.client.GrantType;
import dev.latchkey.endpoint.OAuthException;
import dev.latchkey.net.Networks;
import dev.latchkey.resource.ResourceRegistry;
import dev.latchkey.scope.Role;
import dev.latchkey.scope.ScopeAdmission;
import dev.latchkey.scope.ScopeCatalogue;
import dev.latchkey.scope.Scopes;
import dev.latchkey.token.IssuedToken;
import dev.latchkey.token.Lineage;
import dev.latchkey.token.TokenGrant;
import dev.latchkey.token.TokenIssuer;
import dev.latchkey.token.TokenKind;
import dev.latchkey.token.TokenLives;
import dev.latchkey.token.TokenTerms;
import dev.latchkey.value.Times;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Makes the tokens that every flow ends in. What is not given any more, when its
 * transaction ends, is left out, and remembered for no refresh either: a scope that is
 * retired or removed while a flow is under way.
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class FlowTokens {

	private final TokenIssuer issuer;

	private final ScopeAdmission admission;

	private final ScopeCatalogue catalogue;

	private final ResourceRegistry resources;

	private final GrantProperties properties;

	private final TokenLives lives;

	private final Clock clock;

	FlowTokens(TokenIssuer issuer, ScopeAdmission admission, ScopeCatalogue catalogue, ResourceRegistry resources,
			GrantProperties properties, TokenLives lives, Clock clock) {
		this.issuer = issuer;
		this.admission = admission;
		this.catalogue = catalogue;
		this.resources = resources;
		this.properties = properties;
		this.lives = lives;
		this.clock = clock;
	}

	/**
	 * Makes an access token, and a refresh token where the client may use one.
	 * @param by who acts
	 * @param granted what was granted, which the refresh token remembers
	 * @param wanted what the access token may do and where, at most what was granted;
	 * what of it was retired since then, neither token gets
	 * @param lineage the grant, with which their lives end
	 * @throws OAuthException if nothing of it is given any more
	 */
	TokenPair issue(Actor by, Client client, UUID ownerId, Granted granted, Granted wanted, Lineage lineage) {
		Instant now = this.clock.instant();
		Instant end = this.lives.endOfFamily(lineage.grantedAt());
		TokenTerms access = terms(ofResources(wanted),
				earlier(Times.after(now, this.properties.accessTokenLifetime()), end));
		TokenTerms refresh = terms(granted, earlier(Times.after(now, this.properties.refreshTokenLifetime()), end));
		return new TokenPair(issue(by, TokenKind.ACCESS, client, ownerId, access, lineage, now),
				client.may(GrantType.REFRESH_TOKEN)
						? issue(by, TokenKind.REFRESH, client, ownerId, refresh, lineage, now) : null);
	}

	/**
	 * Makes an access token that nothing refreshes, with which the client acts by itself.
	 * @param by who acts
	 * @param maxRole the highest role that it acts with, whatever the account is
	 * @throws OAuthException if nothing of it is given any more
	 */
	IssuedToken issueAlone(Actor by, Client client, UUID ownerId, Granted granted, Role maxRole) {
		Instant now = this.clock.instant();
		TokenTerms terms = terms(ofResources(granted), Times.after(now, this.properties.accessTokenLifetime()))
			.actingAtMostAs(maxRole);
		return issue(by, TokenKind.ACCESS, client, ownerId, terms, Lineage.begin(now), now);
	}

	private IssuedToken issue(Actor by, TokenKind kind, Client client, UUID ownerId, TokenTerms terms, Lineage lineage,
			Instant now) {
		return this.issuer.issue(by,
				new TokenGrant(kind, ownerId, client.clientId(), client.name(), null, terms, lineage), now);
	}

	private TokenTerms terms(Granted granted, Instant end) {
		Scopes scopes = this.admission.admitted(granted.scopes());
		if (scopes.names().isEmpty()) {
			throw new OAuthException("invalid_scope", "None of these scopes is given any more.");
		}
		if (!this.resources.lockForShare(granted.resources())) {
			throw new OAuthException("invalid_target", "There is no such resource any more.");
		}
		return new TokenTerms(scopes, granted.resources(), null, false, Networks.ANY, null, null, end);
	}

	/**
	 * A token is not said to have what it could use at no service that it is for. Where
	 * that is all, it is one there nevertheless, and may do nothing that asks for a
	 * scope.
	 */
	private Granted ofResources(Granted granted) {
		Scopes scopes = Scopes.of(granted.scopes().names().stream().filter((name) -> {
			String resource = this.catalogue.resourceOf(name);
			return resource == null || granted.resources().includes(resource);
		}).toList());
		return scopes.names().isEmpty() ? granted : new Granted(scopes, granted.resources());
	}

	private static Instant earlier(Instant one, Instant other) {
		return one.isBefore(other) ? one : other;
	}

}
