package dev.latchkey.grant;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import dev.latchkey.account.UserService;
import dev.latchkey.caller.Actor;
import dev.latchkey.caller.AuditAction;
import dev.latchkey.caller.AuditedAct;
import dev.latchkey.caller.User;
import dev.latchkey.client.Client;
import dev.latchkey.client.ClientCache;
import dev.latchkey.client.GrantType;
import dev.latchkey.endpoint.OAuthException;
import dev.latchkey.persistence.RetriedTransaction;
import dev.latchkey.scope.Resources;
import dev.latchkey.scope.Role;
import dev.latchkey.scope.ScopeCatalogue;
import dev.latchkey.scope.Scopes;
import dev.latchkey.token.Lineage;
import dev.latchkey.token.RawToken;
import dev.latchkey.token.RefreshToken;
import dev.latchkey.token.RefreshTokens;
import dev.latchkey.token.RevocationCause;
import dev.latchkey.token.TokenDetails;
import dev.latchkey.token.TokenFormat;
import dev.latchkey.token.TokenReuse;
import dev.latchkey.token.TokenRevocation;
import dev.latchkey.token.TokenState;
import dev.latchkey.verification.RefusalReason;
import dev.latchkey.verification.UnwrittenUses;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;

/**
 * Redeems refresh tokens, each once. One that is redeemed again ends its whole grant (RFC
 * 9700 section 4.14.2), with three exceptions that are no theft: of refreshes at the same
 * time, those that come too late are only refused, and so is a token whose own life, or
 * the grant's, is over; and a client that lost the answer may ask again for a short
 * while, as long as nobody has used what the answer held.
 */
@Service
public class RefreshFlow {

	private static final String INVALID_SCOPE = "invalid_scope";

	private final ClientCache clients;

	private final TokenFormat format;

	private final RefreshTokens refreshTokens;

	private final TokenRevocation revocation;

	private final TokenReuse reuse;

	private final UnwrittenUses uses;

	private final UserService users;

	private final ScopeCatalogue catalogue;

	private final FlowTokens tokens;

	private final ConcurrentRedemptions redemptions;

	private final GrantProperties properties;

	private final ApplicationEventPublisher events;

	private final Clock clock;

	RefreshFlow(ClientCache clients, TokenFormat format, RefreshTokens refreshTokens, TokenRevocation revocation,
			TokenReuse reuse, UnwrittenUses uses, UserService users, ScopeCatalogue catalogue, FlowTokens tokens,
			ConcurrentRedemptions redemptions, GrantProperties properties, ApplicationEventPublisher events,
			Clock clock) {
		this.clients = clients;
		this.format = format;
		this.refreshTokens = refreshTokens;
		this.revocation = revocation;
		this.reuse = reuse;
		this.uses = uses;
		this.users = users;
		this.catalogue = catalogue;
		this.tokens = tokens;
		this.redemptions = redemptions;
		this.properties = properties;
		this.events = events;
		this.clock = clock;
	}

	/**
	 * Returns whether a token is unspent, to be asked before anything else, also before
	 * the client proves itself: what is unspent then and spent later was lost in a race,
	 * whatever the clocks say.
	 */
	public boolean isUnspent(String presented) {
		return this.format.parse(presented).filter(this.refreshTokens::isUnspent).isPresent();
	}

	/**
	 * Redeems a refresh token for two new tokens.
	 * @param by who acts
	 * @param wanted the scopes of the new access token, or null for all that was granted
	 * @param target at which services it shall be one, or null for all that was granted
	 * @param attempt the request, with what {@link #isUnspent} said when it came in
	 * @return the tokens, or empty if the client cannot have them
	 * @throws OAuthException if it wants more than was granted; the token stays as it is
	 */
	@RetriedTransaction
	public Optional<TokenPair> redeem(Actor by, Client client, String presented, @Nullable Scopes wanted,
			@Nullable Resources target, RedemptionAttempt attempt) {
		if (!client.may(GrantType.REFRESH_TOKEN) || this.clients.lockForShare(client).isEmpty()) {
			return refused(by, RefusalReason.WRONG_CLIENT, null);
		}
		RawToken raw = this.format.parse(presented).orElse(null);
		RefreshToken token = (raw != null) ? this.refreshTokens.lock(raw).orElse(null) : null;
		if (token == null) {
			return refused(by, (raw != null) ? RefusalReason.UNKNOWN : RefusalReason.MALFORMED, null);
		}
		RefusalReason fault = client.clientId().equals(token.clientId()) ? fault(by, token, attempt)
				: RefusalReason.WRONG_CLIENT;
		if (fault != null) {
			return refused(by, fault, token);
		}
		Scopes scopes = (wanted != null) ? wanted : token.scopes();
		User owner = this.users.lockForShare(token.ownerId()).orElse(null);
		if (owner == null || !serves(client, owner)) {
			return refused(by, (owner != null) ? RefusalReason.WRONG_CLIENT : RefusalReason.OWNER_DISABLED, token);
		}
		if (!this.catalogue.covers(token.scopes(), scopes)) {
			refused(by, INVALID_SCOPE, token);
			throw new OAuthException(INVALID_SCOPE, "The grant does not have these scopes.");
		}
		Resources resources;
		try {
			resources = ResourceTargets.within(token.resources(), target);
		}
		catch (OAuthException ex) {
			refused(by, ex.error(), token);
			throw ex;
		}
		this.redemptions.note(token.id());
		endUnusedAnswer(by, token);
		Instant now = this.clock.instant();
		TokenPair pair = this.tokens.issue(by, client, owner.id(), new Granted(token.scopes(), token.resources()),
				new Granted(scopes, resources), Lineage.refreshedFrom(token), now);
		if (token.redeemedAt() == null && pair.refresh() != null) {
			this.refreshTokens.markRedeemed(by, token, pair.refresh().details().id(),
					this.properties.refreshRetryWindow());
		}
		return Optional.of(pair);
	}

	/** Returns why a token cannot be redeemed, or null if it can. */
	private @Nullable RefusalReason fault(Actor by, RefreshToken token, RedemptionAttempt attempt) {
		if (token.expired()) {
			return RefusalReason.EXPIRED;
		}
		if (token.state() == TokenState.SUSPENDED) {
			return RefusalReason.SUSPENDED;
		}
		boolean active = token.state() == TokenState.ACTIVE;
		if (token.redeemedAt() == null) {
			return active ? null : ended(token.state());
		}
		if (this.redemptions.isRace(token.id(), attempt)) {
			return RefusalReason.REUSED;
		}
		if (active && answerIsUnused(token.id())) {
			return null;
		}
		this.reuse.detected(by, token.id(), token.ownerId(), true);
		return RefusalReason.REUSED;
	}

	private static RefusalReason ended(TokenState state) {
		return (state == TokenState.IDLE_EXPIRED) ? RefusalReason.IDLE_EXPIRED : RefusalReason.REVOKED;
	}

	private Optional<TokenPair> refused(Actor by, RefusalReason reason, @Nullable RefreshToken token) {
		return refused(by, reason.value(), token);
	}

	private Optional<TokenPair> refused(Actor by, String reason, @Nullable RefreshToken token) {
		this.events.publishEvent(AuditedAct.of(AuditAction.TOKEN_REFUSED, by, (token != null) ? token.ownerId() : null,
				(token != null) ? token.id() : null, reason));
		return Optional.empty();
	}

	/** A token of the answer that was used, spent or ended proves that it arrived. */
	private boolean answerIsUnused(UUID spentId) {
		List<TokenDetails> answer = this.refreshTokens.lockSuccessors(spentId);
		return answer.size() == 2 && answer.stream()
			.noneMatch((token) -> token.history().rotated() || token.history().lastUsedAt() != null
					|| this.uses.isRemembered(token.id()));
	}

	private void endUnusedAnswer(Actor by, RefreshToken token) {
		if (token.redeemedAt() != null) {
			this.revocation.revokeAlone(by,
					this.refreshTokens.lockSuccessors(token.id()).stream().map(TokenDetails::id).toList(),
					RevocationCause.REPLACED);
		}
	}

	private static boolean serves(Client client, User owner) {
		return client.servesRole() == null || Role.anyIncludes(owner.roles(), client.servesRole());
	}

}
