package dev.latchkey.client;

import java.time.Clock;
import java.util.List;
import java.util.UUID;

import dev.latchkey.account.AccountDeletion;
import dev.latchkey.caller.Actor;
import dev.latchkey.caller.AuditAction;
import dev.latchkey.persistence.RetriedTransaction;
import dev.latchkey.token.RevocationCause;
import dev.latchkey.token.TokenRevocation;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;

/**
 * Removes clients, and disables them, with all that they hold.
 */
@Service
public class ClientRemoval {

	private final ClientStore store;

	private final ClientCache known;

	private final RemovedClients removed;

	private final ClientRights rights;

	private final TokenRevocation revocation;

	private final ApplicationEventPublisher events;

	private final Clock clock;

	ClientRemoval(ClientStore store, ClientCache known, RemovedClients removed, ClientRights rights,
			TokenRevocation revocation, ApplicationEventPublisher events, Clock clock) {
		this.store = store;
		this.known = known;
		this.removed = removed;
		this.rights = rights;
		this.revocation = revocation;
		this.events = events;
		this.clock = clock;
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
			this.rights.requireMayActOn(by, client);
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

}
