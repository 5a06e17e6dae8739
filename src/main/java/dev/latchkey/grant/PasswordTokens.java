package dev.latchkey.grant;

import java.time.Clock;
import java.util.Optional;

import dev.latchkey.account.ProvenPassword;
import dev.latchkey.account.UserService;
import dev.latchkey.caller.Actor;
import dev.latchkey.client.Client;
import dev.latchkey.client.ClientCache;
import dev.latchkey.scope.Scopes;
import dev.latchkey.token.Lineage;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Makes the tokens for a password that was proven, if client and account are still what
 * they were then.
 */
@Component
class PasswordTokens {

	private final ClientCache clients;

	private final UserService users;

	private final ResourceTargets targets;

	private final PasswordGrants grants;

	private final FlowTokens tokens;

	private final ApplicationEventPublisher events;

	private final Clock clock;

	PasswordTokens(ClientCache clients, UserService users, ResourceTargets targets, PasswordGrants grants,
			FlowTokens tokens, ApplicationEventPublisher events, Clock clock) {
		this.clients = clients;
		this.users = users;
		this.targets = targets;
		this.grants = grants;
		this.tokens = tokens;
		this.events = events;
		this.clock = clock;
	}

	/**
	 * Makes them, or nothing if client or account changed since.
	 * @param by who asks, with the client
	 */
	@Transactional
	Optional<TokenPair> issue(Actor by, Client client, ProvenPassword proven, Scopes scopes) {
		return this.clients.lockForShare(client).flatMap((held) -> this.users.lockForShare(proven)).map((user) -> {
			this.events.publishEvent(proven.succeeded(by));
			Lineage lineage = Lineage.begin(this.clock.instant());
			Granted granted = new Granted(scopes, this.targets.of(scopes));
			this.grants.begin(lineage.grantId(), user.id());
			return this.tokens.issue(by, client, user.id(), granted, granted, lineage);
		});
	}

}
