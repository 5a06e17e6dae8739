package dev.latchkey.oauth;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import dev.latchkey.scope.Role;
import dev.latchkey.scope.ScopeCatalogue;
import dev.latchkey.scope.Scopes;
import dev.latchkey.token.RevocationCause;
import dev.latchkey.token.TokenRevocation;
import dev.latchkey.user.User;
import dev.latchkey.user.UserService;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.resilience.annotation.Retryable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Registers applications, and removes them with all that they hold.
 */
@Service
public class ClientRegistrations {

	private final ClientStore store;

	private final Clients known;

	private final ScopeCatalogue catalogue;

	private final UserService users;

	private final TokenRevocation revocation;

	private final ApplicationEventPublisher events;

	private final Clock clock;

	ClientRegistrations(ClientStore store, Clients known, ScopeCatalogue catalogue, UserService users,
			TokenRevocation revocation, ApplicationEventPublisher events, Clock clock) {
		this.store = store;
		this.known = known;
		this.catalogue = catalogue;
		this.users = users;
		this.revocation = revocation;
		this.events = events;
		this.clock = clock;
	}

	/**
	 * Registers a client.
	 * @param by who registers it
	 * @throws dev.latchkey.problem.ProblemException with every field that is not
	 * acceptable
	 */
	@Transactional
	public RegisteredSecret register(NewClient wanted, User by) {
		ClientFields fields = new ClientFields(wanted, this.catalogue);
		UUID id = UUID.randomUUID();
		Client client = new Client(id, fields.clientId(id.toString()), fields.name(), fields.confidential(),
				fields.grantTypes(), fields.scopes(), fields.redirectUris(), fields.role(), account(wanted, by, fields),
				this.clock.instant());
		fields.throwIfAny();
		ClientSecret secret = client.confidential() ? ClientSecret.generate() : null;
		if (!this.store.insert(client, (secret != null) ? secret.digest() : null)) {
			fields.refuse("client_id", "is taken by another client");
			fields.throwIfAny();
		}
		this.events.publishEvent(new ClientEvent.ClientRegistered(client));
		return new RegisteredSecret(client, secret);
	}

	/**
	 * Registers a client of the house with a secret that is already agreed on, unless
	 * there is one of that name.
	 * @param serves the role that accounts need to sign in through it
	 * @param accountId the account that its own tokens act for
	 */
	@Transactional
	public void registerOwn(String clientId, ClientSecret secret, Role serves, UUID accountId) {
		this.store.insert(new Client(UUID.randomUUID(), clientId, clientId, true,
				Set.of(GrantType.PASSWORD, GrantType.REFRESH_TOKEN, GrantType.CLIENT_CREDENTIALS,
						GrantType.TOKEN_EXCHANGE),
				Scopes.of(Scopes.ALL), List.of(), serves, accountId, this.clock.instant()), secret.digest());
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

	/**
	 * Replaces the secret of a client; the one before is refused from then on.
	 * @return the client with its new secret, or empty if there is no client with a
	 * secret under this id
	 */
	@Transactional
	public Optional<RegisteredSecret> replaceSecret(UUID id) {
		ClientSecret secret = ClientSecret.generate();
		if (!this.store.replaceSecret(id, secret.digest())) {
			return Optional.empty();
		}
		return this.store.find(id).map((client) -> {
			this.known.forget(client.id());
			this.events.publishEvent(new ClientEvent.ClientSecretReplaced(client));
			return new RegisteredSecret(client, secret);
		});
	}

	/**
	 * Removes a client and ends every token that it holds.
	 * @return whether there was such a client
	 */
	@Retryable(includes = ConcurrencyFailureException.class, delay = 20, jitter = 20)
	@Transactional
	public boolean remove(UUID id) {
		return this.store.find(id).map((client) -> {
			this.store.delete(id);
			this.known.forget(client.id());
			this.revocation.revokeHeld(client.clientId(), RevocationCause.CLIENT_REMOVED);
			this.events.publishEvent(new ClientEvent.ClientRemoved(client));
			return true;
		}).orElse(false);
	}

	/**
	 * Nobody but a superuser registers a client that acts for another administrator: it
	 * would be a way to that one's rights.
	 */
	private @Nullable UUID account(NewClient wanted, User by, ClientFields fields) {
		if (wanted.account() == null) {
			return by.id();
		}
		User account = this.users.findByEmail(wanted.account()).orElse(null);
		boolean allowed = account != null
				&& (account.id().equals(by.id()) || !account.isAdmin() || Role.anyIncludes(by.roles(), Role.SUPERUSER));
		if (account == null || !allowed) {
			fields.refuse("account", "must be the address of your own account or of one that administers nobody");
			return null;
		}
		return account.id();
	}

}
