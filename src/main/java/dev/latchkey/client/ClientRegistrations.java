package dev.latchkey.client;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import dev.latchkey.account.UserService;
import dev.latchkey.caller.Actor;
import dev.latchkey.caller.User;
import dev.latchkey.scope.Role;
import dev.latchkey.scope.Scopes;
import dev.latchkey.token.OutlivedTokens;
import dev.latchkey.value.FieldFaults;
import dev.latchkey.value.InvalidFieldsException;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Registers applications, and finds them.
 */
@Service
public class ClientRegistrations {

	private final ClientStore store;

	private final ClientRights rights;

	private final ClientFields fields;

	private final UserService users;

	private final OutlivedTokens makers;

	private final ApplicationEventPublisher events;

	private final Clock clock;

	ClientRegistrations(ClientStore store, ClientRights rights, ClientFields fields, UserService users,
			OutlivedTokens makers, ApplicationEventPublisher events, Clock clock) {
		this.store = store;
		this.rights = rights;
		this.fields = fields;
		this.users = users;
		this.makers = makers;
		this.events = events;
		this.clock = clock;
	}

	/**
	 * Registers a client.
	 * @param by who registers it
	 * @throws InvalidFieldsException with every field that is not acceptable
	 * @throws org.springframework.security.access.AccessDeniedException if the caller may
	 * not register clients
	 */
	@Transactional
	public RegisteredSecret register(Actor by, WantedClient wanted) {
		this.rights.requireMayRegister(by);
		FieldFaults faults = new FieldFaults();
		UUID id = UUID.randomUUID();
		User account = this.rights.account(by, wanted, faults);
		Scopes scopes = this.fields.scopes(wanted.terms(), faults);
		if (!this.rights.beyond(by, scopes).isEmpty()) {
			faults.addFirst("scopes", "cannot go beyond those of the call that registers it");
		}
		Client client = new Client(id, this.fields.clientId(wanted.clientId(), id.toString(), faults),
				this.fields.name(wanted.name(), faults), wanted.confidential(),
				this.fields.terms(wanted.terms(), scopes, wanted.confidential(), faults), (account != null)
						? new ClientAccount(account.id(), this.rights.limit(by, account)) : ClientAccount.NONE,
				ClientHistory.begin(this.clock.instant(), by.tokenId()));
		faults.throwIfAny();
		if (client.madeWith() != null) {
			this.makers.mark(client.madeWith());
		}
		ClientSecret secret = client.confidential() ? ClientSecret.generate() : null;
		if (!this.store.insert(client, (secret != null) ? secret.digest() : null)) {
			throw new InvalidFieldsException("client_id", "is or was the name of another client");
		}
		this.events.publishEvent(ClientActs.registered(by, client));
		return new RegisteredSecret(client, secret);
	}

	/**
	 * Registers a client of the server's own with a secret that is already agreed on,
	 * unless there is one of that name.
	 * @param serves the role that accounts need to sign in through it
	 * @param accountId the account that its own tokens act for
	 */
	@Transactional
	public void registerOwn(String clientId, ClientSecret secret, Role serves, UUID accountId) {
		Role maxRole = this.users.find(accountId).map((account) -> Role.highest(account.roles())).orElse(null);
		ClientTerms terms = new ClientTerms(Set.of(GrantType.PASSWORD, GrantType.REFRESH_TOKEN,
				GrantType.CLIENT_CREDENTIALS, GrantType.TOKEN_EXCHANGE), Scopes.of(Scopes.ALL), List.of(), List.of(),
				serves, null);
		this.store.insert(new Client(UUID.randomUUID(), clientId, clientId, true, terms,
				new ClientAccount(accountId, maxRole), ClientHistory.begin(this.clock.instant(), null)),
				secret.digest());
	}

	/**
	 * Finds a client by its registration.
	 */
	public Optional<Client> find(UUID id) {
		return this.store.find(id);
	}

	/**
	 * Returns the clients, newest first.
	 */
	public List<Client> list(int offset, int limit) {
		return this.store.list(offset, limit);
	}

	/**
	 * Returns how many clients there are.
	 */
	public long count() {
		return this.store.count();
	}

}
