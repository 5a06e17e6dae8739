package dev.latchkey.grant;

import java.time.Clock;
import java.util.Optional;

import dev.latchkey.account.UserService;
import dev.latchkey.caller.Actor;
import dev.latchkey.caller.AuditAction;
import dev.latchkey.caller.AuditedAct;
import dev.latchkey.caller.User;
import dev.latchkey.client.Client;
import dev.latchkey.client.ClientCache;
import dev.latchkey.endpoint.OAuthException;
import dev.latchkey.persistence.RetriedTransaction;
import dev.latchkey.scope.Resources;
import dev.latchkey.scope.Scopes;
import dev.latchkey.token.Lineage;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;

/**
 * Redeems authorization codes, each once; {@link CodeRedemptions} knows which ones were.
 */
@Service
public class CodeFlow {

	private final ClientCache clients;

	private final CodeRedemptions redemptions;

	private final UserService users;

	private final ResourceTargets targets;

	private final FlowTokens tokens;

	private final ApplicationEventPublisher events;

	private final Clock clock;

	CodeFlow(ClientCache clients, CodeRedemptions redemptions, UserService users, ResourceTargets targets,
			FlowTokens tokens, ApplicationEventPublisher events, Clock clock) {
		this.clients = clients;
		this.redemptions = redemptions;
		this.users = users;
		this.targets = targets;
		this.tokens = tokens;
		this.events = events;
		this.clock = clock;
	}

	/**
	 * Returns whether nobody has redeemed a code, to be asked before anything else, also
	 * before the client proves itself: what is unused then and used later was lost in a
	 * race, whatever the clocks say.
	 */
	public boolean isUnused(String code) {
		return this.redemptions.isUnused(code);
	}

	/**
	 * Redeems a code.
	 * @param by who acts
	 * @param verifier what the code's challenge was made from
	 * @param redirectUri the address that the client says the code was sent to, or null
	 * @param target for which services the tokens shall be, or null for all that was
	 * asked
	 * @param attempt the request, with what {@link #isUnused} said when it came in
	 * @return the tokens, or empty if the client cannot have them
	 * @throws OAuthException if the code is not for these services
	 */
	@RetriedTransaction
	public Optional<TokenPair> redeem(Actor by, Client client, String code, String verifier,
			@Nullable String redirectUri, @Nullable Resources target, RedemptionAttempt attempt) {
		AuthorizationRow row = this.clients.lockForShare(client)
			.flatMap((held) -> this.redemptions.lock(code))
			.orElse(null);
		if (row == null || !row.clientId().equals(client.id())) {
			return refused(by, client, row, (row != null) ? "code of another client" : "unknown code");
		}
		if (!row.isChallengeOf(verifier)) {
			return refused(by, client, row, "wrong code_verifier");
		}
		if (row.usedAt() != null) {
			this.redemptions.usedAgain(by, client, row, attempt);
			return refused(by, client, row, "code used before");
		}
		Scopes granted = row.rights().granted();
		if (granted == null || !this.clock.instant().isBefore(row.expiresAt())) {
			return refused(by, client, row, "code expired");
		}
		if (row.redirectUri() != null && !row.redirectUri().equals(redirectUri)) {
			return refused(by, client, row, "wrong redirect_uri");
		}
		User owner = this.users.lockForShare(row.ownerId()).orElse(null);
		if (owner == null) {
			return refused(by, client, row, "owner disabled");
		}
		Resources bound = (row.rights().resources() != null) ? row.rights().resources() : this.targets.of(granted);
		Granted wanted = new Granted(granted, ResourceTargets.within(bound, target));
		Lineage lineage = Lineage.begin(this.clock.instant());
		this.redemptions.redeem(row, lineage);
		return Optional.of(this.tokens.issue(by, client, owner.id(), new Granted(granted, bound), wanted, lineage));
	}

	/** That a code is its own, a client proves as it proves itself. */
	private Optional<TokenPair> refused(Actor by, Client client, @Nullable AuthorizationRow row, String reason) {
		this.events
			.publishEvent(AuditedAct.ofAccount(AuditAction.CLIENT_REFUSED, by, (row != null) ? row.ownerId() : null)
				.saying("%s: %s".formatted(client.clientId(), reason)));
		return Optional.empty();
	}

}
