package dev.latchkey.client;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import dev.latchkey.account.AccountDeletion;
import dev.latchkey.account.UserService;
import dev.latchkey.caller.Actor;
import dev.latchkey.caller.AuditAction;
import dev.latchkey.caller.Caller;
import dev.latchkey.caller.GivingRules;
import dev.latchkey.caller.User;
import dev.latchkey.persistence.RetriedTransaction;
import dev.latchkey.resource.ResourceRegistry;
import dev.latchkey.scope.Role;
import dev.latchkey.scope.ScopeCatalogue;
import dev.latchkey.scope.Scopes;
import dev.latchkey.token.OutlivedTokens;
import dev.latchkey.token.RevocationCause;
import dev.latchkey.token.TokenRevocation;
import dev.latchkey.value.InvalidFieldsException;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Registers applications, and removes them with all that they hold.
 */
@Service
public class ClientRegistrations {

	private final ClientStore store;

	private final ClientCache known;

	private final RemovedClients removed;

	private final ScopeCatalogue catalogue;

	private final ResourceRegistry resources;

	private final UserService users;

	private final GivingRules giving;

	private final OutlivedTokens makers;

	private final TokenRevocation revocation;

	private final ApplicationEventPublisher events;

	private final Clock clock;

	ClientRegistrations(ClientStore store, ClientCache known, RemovedClients removed, ScopeCatalogue catalogue,
			ResourceRegistry resources, UserService users, GivingRules giving, OutlivedTokens makers,
			TokenRevocation revocation, ApplicationEventPublisher events, Clock clock) {
		this.store = store;
		this.known = known;
		this.removed = removed;
		this.catalogue = catalogue;
		this.resources = resources;
		this.users = users;
		this.giving = giving;
		this.makers = makers;
		this.revocation = revocation;
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
	public RegisteredSecret register(Actor by, NewClient wanted) {
		this.giving.requireMayRegister(by);
		ClientFields fields = new ClientFields(wanted, this.catalogue, this.resources);
		UUID id = UUID.randomUUID();
		User account = account(by, wanted, fields);
		Role maxRole = (account != null) ? this.giving.limit(by, account) : null;
		Scopes scopes = fields.scopes();
		if (!beyond(by, scopes).isEmpty()) {
			fields.refuse("scopes", "cannot go beyond those of the call that registers it");
		}
		Client client = new Client(id, fields.clientId(id.toString()), fields.name(), fields.confidential(),
				fields.grantTypes(), scopes, fields.redirectUris(), fields.audiences(), fields.role(),
				(account != null) ? account.id() : null, maxRole, by.tokenId(), this.clock.instant(), null,
				fields.resource());
		fields.throwIfAny();
		if (client.madeWith() != null) {
			this.makers.mark(client.madeWith());
		}
		ClientSecret secret = client.confidential() ? ClientSecret.generate() : null;
		if (!this.store.insert(client, (secret != null) ? secret.digest() : null)) {
			fields.refuse("client_id", "is or was the name of another client");
			fields.throwIfAny();
		}
		this.events.publishEvent(ClientActs.registered(by, client));
		return new RegisteredSecret(client, secret);
	}

	/**
	 * What lies beyond whoever registers it. Of other services he gives what his roles
	 * allow, and with a token what stands on that.
	 */
	private Set<String> beyond(Actor by, Scopes scopes) {
		Set<String> beyond = this.giving.beyond(by, this.catalogue.covered(scopes));
		Caller caller = by.caller();
		if (caller != null) {
			beyond.removeIf((name) -> !this.catalogue.isOwn(name) && mayGive(caller, name));
		}
		return beyond;
	}

	private boolean mayGive(Caller caller, String foreign) {
		String resource = this.catalogue.resourceOf(foreign);
		return resource != null && this.catalogue.allows(caller.user().roles(), foreign) && caller.currentToken()
			.map((token) -> token.resources().includes(resource) && this.catalogue.covers(token.scopes(), foreign))
			.orElse(true);
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
		this.store.insert(new Client(UUID.randomUUID(), clientId, clientId, true,
				Set.of(GrantType.PASSWORD, GrantType.REFRESH_TOKEN, GrantType.CLIENT_CREDENTIALS,
						GrantType.TOKEN_EXCHANGE),
				Scopes.of(Scopes.ALL), List.of(), List.of(), serves, accountId, maxRole, null, this.clock.instant(),
				null), secret.digest());
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
	 * Replaces the secret of a client; the one before is refused from then on. The client
	 * acts with no higher role from then on than one who registers it now could give it.
	 * @param by who comes to know the secret
	 * @return the client with its new secret, or empty if there is no client under this
	 * id
	 * @throws ClientDisabledException if the client is disabled
	 * @throws InvalidFieldsException if it has no secret
	 * @throws org.springframework.security.access.AccessDeniedException if the caller may
	 * not act on the client, or could not do all that it may
	 */
	@RetriedTransaction
	public Optional<RegisteredSecret> replaceSecret(Actor by, UUID id) {
		this.store.take(id);
		Client before = this.store.find(id).orElse(null);
		if (before == null) {
			return Optional.empty();
		}
		User account = account(before);
		this.giving.requireMayReplaceSecret(by, account, before.maxRole(), this.catalogue.covered(before.scopes()));
		requireSecret(before);
		ClientSecret secret = ClientSecret.generate();
		if (!this.store.replaceSecret(id, secret.digest(), limit(by, before, account))) {
			return Optional.empty();
		}
		UUID maker = by.tokenId();
		if (maker != null) {
			this.makers.mark(maker);
			this.store.noteSecretMaker(id, maker);
		}
		return this.store.find(id).map((client) -> {
			this.known.forget(client.id());
			this.events.publishEvent(ClientActs.secretReplaced(by, before, client));
			return new RegisteredSecret(client, secret);
		});
	}

	private static void requireSecret(Client client) {
		if (client.disabledAt() != null) {
			throw new ClientDisabledException();
		}
		if (!client.confidential()) {
			throw new InvalidFieldsException("id", "is a client without a secret");
		}
	}

	/**
	 * Removes a client and ends every token that it holds. One that described itself
	 * stays away from then on.
	 * @param by who removes it
	 * @return whether there was such a client
	 * @throws org.springframework.security.access.AccessDeniedException if the caller may
	 * not act on the client
	 */
	@RetriedTransaction
	public boolean remove(Actor by, UUID id) {
		return this.store.find(id).map((client) -> {
			this.giving.requireMayActOn(by, account(client), client.maxRole());
			this.store.take(id);
			this.revocation.revokeHeld(by, client.clientId(), RevocationCause.CLIENT_REMOVED);
			this.store.delete(id);
			this.removed.add(client);
			this.known.forget(client.id());
			this.events.publishEvent(ClientActs.of(AuditAction.CLIENT_REMOVED, by, client));
			return true;
		}).orElse(false);
	}

	/**
	 * Takes the clients that act for an account which is being deleted, and change with
	 * it: clients are held before accounts.
	 */
	@EventListener
	void on(AccountDeletion event) {
		this.store.takeAllOf(event.id());
	}

	/**
	 * Disables a client, because what it was made with has leaked, and ends every token
	 * that it holds, in a transaction of its own.
	 * @param by who has shown that it leaked
	 * @return those tokens, their families and what was made with them
	 */
	@RetriedTransaction(propagation = Propagation.REQUIRES_NEW)
	List<UUID> disable(Actor by, UUID id) {
		this.store.take(id);
		return this.store.find(id).map((client) -> {
			if (this.store.disable(id, this.clock.instant())) {
				this.known.forget(id);
				this.events.publishEvent(ClientActs.disabled(by, client));
			}
			return this.revocation.revokeHeld(by, client.clientId(), RevocationCause.LEAKED);
		}).orElse(List.of());
	}

	/**
	 * A client that acts for somebody is a way to that one's rights.
	 */
	private @Nullable User account(Actor by, NewClient wanted, ClientFields fields) {
		if (wanted.account() == null) {
			return (by.caller() != null) ? by.caller().user() : null;
		}
		User account = this.users.findByEmail(wanted.account()).orElse(null);
		if (account == null || !this.giving.mayActFor(by, account)) {
			fields.refuse("account", "must be the address of your own account or of one whose role is lower");
			return null;
		}
		return account;
	}

	private @Nullable Role limit(Actor by, Client client, @Nullable User account) {
		Role limit = client.maxRole();
		if (limit == null || account == null) {
			return limit;
		}
		Role now = this.giving.limit(by, account);
		return limit.includes(now) ? now : limit;
	}

	private @Nullable User account(Client client) {
		return (client.accountId() != null) ? this.users.find(client.accountId()).orElse(null) : null;
	}

}
