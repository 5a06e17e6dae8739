package dev.latchkey.grant;

import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

import dev.latchkey.client.Client;
import dev.latchkey.client.GrantType;
import dev.latchkey.net.Networks;
import dev.latchkey.scope.Role;
import dev.latchkey.scope.Scopes;
import dev.latchkey.token.IssuedToken;
import dev.latchkey.token.Lineage;
import dev.latchkey.token.TokenGrant;
import dev.latchkey.token.TokenIssuer;
import dev.latchkey.token.TokenKind;
import dev.latchkey.token.TokenLives;
import dev.latchkey.value.Times;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Makes the tokens that every flow ends in.
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class FlowTokens {

	private final TokenIssuer issuer;

	private final GrantProperties properties;

	private final TokenLives lives;

	private final Clock clock;

	FlowTokens(TokenIssuer issuer, GrantProperties properties, TokenLives lives, Clock clock) {
		this.issuer = issuer;
		this.properties = properties;
		this.lives = lives;
		this.clock = clock;
	}

	/**
	 * Makes an access token, and a refresh token where the client may use one.
	 * @param granted what was granted, which the refresh token remembers
	 * @param wanted what the access token may do, at most what was granted
	 * @param now the moment from which their lives are counted, which end with the grant
	 */
	TokenPair issue(Client client, UUID ownerId, Scopes granted, Scopes wanted, Lineage lineage, Instant now) {
		Instant end = this.lives.endOfFamily(Objects.requireNonNull(lineage.beganAt()));
		IssuedToken access = issue(TokenKind.ACCESS, client, ownerId, wanted, lineage,
				earlier(Times.after(now, this.properties.accessTokenLifetime()), end), null, now);
		IssuedToken refresh = client.may(GrantType.REFRESH_TOKEN) ? issue(TokenKind.REFRESH, client, ownerId, granted,
				lineage, earlier(Times.after(now, this.properties.refreshTokenLifetime()), end), null, now) : null;
		return new TokenPair(access, refresh);
	}

	/**
	 * Makes an access token that nothing refreshes, with which the client acts by itself.
	 * @param maxRole the highest role that it acts with, whatever the account is
	 */
	IssuedToken issueAlone(Client client, UUID ownerId, Scopes scopes, Role maxRole) {
		Instant now = this.clock.instant();
		return issue(TokenKind.ACCESS, client, ownerId, scopes, Lineage.begin(now),
				Times.after(now, this.properties.accessTokenLifetime()), maxRole, now);
	}

	private IssuedToken issue(TokenKind kind, Client client, UUID ownerId, Scopes scopes, Lineage lineage, Instant end,
			@Nullable Role maxRole, Instant now) {
		return this.issuer.issue(new TokenGrant(kind, ownerId, null, client.clientId(), client.name(), scopes, end,
				null, Networks.ANY, null, maxRole, false), lineage, now);
	}

	private static Instant earlier(Instant one, Instant other) {
		return one.isBefore(other) ? one : other;
	}

}
