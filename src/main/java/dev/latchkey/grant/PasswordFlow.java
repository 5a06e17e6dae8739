package dev.latchkey.grant;

import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

import dev.latchkey.account.PasswordLogin;
import dev.latchkey.account.ProvenPassword;
import dev.latchkey.account.RawPassword;
import dev.latchkey.account.UserService;
import dev.latchkey.caller.Actor;
import dev.latchkey.client.Client;
import dev.latchkey.client.ClientCache;
import dev.latchkey.client.GrantType;
import dev.latchkey.scope.Role;
import dev.latchkey.scope.ScopeCatalogue;
import dev.latchkey.scope.Scopes;
import dev.latchkey.token.Lineage;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Gives tokens for an account's password to one of our own clients. No transaction is
 * open while the password is hashed.
 */
@Service
class PasswordFlow {

	private final ClientCache clients;

	private final PasswordLogin login;

	private final UserService users;

	private final ScopeCatalogue catalogue;

	private final ResourceTargets targets;

	private final FlowTokens tokens;

	private final PasswordGrants grants;

	private final TransactionTemplate transactions;

	private final ApplicationEventPublisher events;

	private final Clock clock;

	PasswordFlow(ClientCache clients, PasswordLogin login, UserService users, ScopeCatalogue catalogue,
			ResourceTargets targets, FlowTokens tokens, PasswordGrants grants, TransactionTemplate transactions,
			ApplicationEventPublisher events, Clock clock) {
		this.clients = clients;
		this.login = login;
		this.users = users;
		this.catalogue = catalogue;
		this.targets = targets;
		this.tokens = tokens;
		this.grants = grants;
		this.transactions = transactions;
		this.events = events;
		this.clock = clock;
	}

	/**
	 * Gives tokens, or nothing if the password is wrong or the client does not serve such
	 * accounts; the time it takes does not tell whether the account exists.
	 * @param by who asks, with the client
	 * @param scopes what is asked for; all there is means all that the client may have
	 */
	Optional<TokenPair> signIn(Actor by, Client client, String email, RawPassword password, Scopes scopes) {
		Role role = client.servesRole();
		Scopes granted = scopes.covers(Scopes.ALL) ? client.scopes() : scopes;
		if (role == null || !client.may(GrantType.PASSWORD) || !this.catalogue.covers(client.scopes(), granted)) {
			return Optional.empty();
		}
		Scopes offered = Scopes.of(granted.names().stream().filter(this.catalogue::admits).toList());
		if (offered.names().isEmpty()) {
			return Optional.empty();
		}
		return this.login.authenticate(by, email, password, role).flatMap((proven) -> {
			Optional<TokenPair> pair = this.transactions.execute((transaction) -> issue(by, client, proven, offered));
			if (Objects.requireNonNull(pair).isEmpty()) {
				this.events.publishEvent(proven.refused(by, "changed meanwhile"));
			}
			return pair;
		});
	}

	private Optional<TokenPair> issue(Actor by, Client client, ProvenPassword proven, Scopes scopes) {
		return this.clients.lockForShare(client).flatMap((held) -> this.users.lockForShare(proven)).map((user) -> {
			this.events.publishEvent(proven.succeeded(by));
			Instant now = this.clock.instant();
			Lineage lineage = Lineage.begin(now);
			Granted granted = new Granted(scopes, this.targets.of(scopes));
			this.grants.begin(lineage.grantId(), user.id());
			return this.tokens.issue(by, client, user.id(), granted, granted, lineage, now);
		});
	}

}
