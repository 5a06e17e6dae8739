package dev.latchkey.grant;

import java.util.Optional;

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
import dev.latchkey.token.TokenFormat;
import dev.latchkey.verification.RefusalReason;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;

/**
 * Redeems refresh tokens, each once; {@link RefreshRedemptions} knows the exceptions.
 */
@Service
public class RefreshFlow {

	private static final String INVALID_SCOPE = "invalid_scope";

	private final ClientCache clients;

	private final TokenFormat format;

	private final RefreshRedemptions redemptions;

	private final UserService users;

	private final ScopeCatalogue catalogue;

	private final FlowTokens tokens;

	private final ApplicationEventPublisher events;

	RefreshFlow(ClientCache clients, TokenFormat format, RefreshRedemptions redemptions, UserService users,
			ScopeCatalogue catalogue, FlowTokens tokens, ApplicationEventPublisher events) {
		this.clients = clients;
		this.format = format;
		this.redemptions = redemptions;
		this.users = users;
		this.catalogue = catalogue;
		this.tokens = tokens;
		this.events = events;
	}

	/**
	 * Returns whether a token is unspent, to be asked before anything else, also before
	 * the client proves itself: what is unspent then and spent later was lost in a race,
	 * whatever the clocks say.
	 */
	public boolean isUnspent(String presented) {
		return this.format.parse(presented).filter(this.redemptions::isUnspent).isPresent();
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
		RefreshToken token = (raw != null) ? this.redemptions.lock(raw).orElse(null) : null;
		if (token == null) {
			return refused(by, (raw != null) ? RefusalReason.UNKNOWN : RefusalReason.MALFORMED, null);
		}
		RefusalReason fault = client.clientId().equals(token.clientId()) ? this.redemptions.fault(by, token, attempt)
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
		this.redemptions.begin(by, token);
		TokenPair pair = this.tokens.issue(by, client, owner.id(), new Granted(token.scopes(), token.resources()),
				new Granted(scopes, resources), Lineage.refreshedFrom(token));
		this.redemptions.end(by, token, pair);
		return Optional.of(pair);
	}

	private Optional<TokenPair> refused(Actor by, RefusalReason reason, @Nullable RefreshToken token) {
		return refused(by, reason.value(), token);
	}

	private Optional<TokenPair> refused(Actor by, String reason, @Nullable RefreshToken token) {
		this.events.publishEvent(
				AuditedAct
					.ofToken(AuditAction.TOKEN_REFUSED, by, (token != null) ? token.ownerId() : null,
							(token != null) ? token.id() : null)
					.saying(reason));
		return Optional.empty();
	}

	private static boolean serves(Client client, User owner) {
		return client.servesRole() == null || Role.anyIncludes(owner.roles(), client.servesRole());
	}

}
