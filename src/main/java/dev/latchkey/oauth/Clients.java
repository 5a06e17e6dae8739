package dev.latchkey.oauth;

import java.util.Optional;
import java.util.UUID;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.latchkey.caller.Actor;
import dev.latchkey.caller.AuditAction;
import dev.latchkey.caller.AuditedAct;
import dev.latchkey.oauth.ClientStore.KnownClient;
import dev.latchkey.verification.Beliefs;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Knows the clients. What it knows is believed by the rule for tokens, so that an
 * introspection does not pay for a query, and a client that is removed or gets another
 * secret is refused at every node at once. What is no client is not remembered.
 */
@Component
class Clients {

	private static final int KNOWN = 10_000;

	private final ClientStore store;

	private final Beliefs beliefs;

	private final ApplicationEventPublisher events;

	private final Cache<String, Loaded> known = Caffeine.newBuilder().maximumSize(KNOWN).build();

	Clients(ClientStore store, Beliefs beliefs, ApplicationEventPublisher events) {
		this.store = store;
		this.beliefs = beliefs;
		this.events = events;
	}

	Optional<Client> find(String clientId) {
		return known(clientId).map(KnownClient::client);
	}

	/** What is no client's id by its form is neither looked up nor remembered. */
	Optional<KnownClient> known(String clientId) {
		return ClientFields.isClientId(clientId) ? believed(clientId).or(() -> load(clientId)) : Optional.empty();
	}

	private Optional<KnownClient> believed(String clientId) {
		return Optional.ofNullable(this.known.getIfPresent(clientId))
			.filter((loaded) -> this.beliefs.hold(loaded.moment(), loaded.client().client().id()))
			.map(Loaded::client);
	}

	private Optional<KnownClient> load(String clientId) {
		long moment = this.beliefs.moment();
		Optional<KnownClient> found = this.store.find(clientId);
		found.ifPresentOrElse((client) -> this.known.put(clientId, new Loaded(client, moment)),
				() -> this.known.invalidate(clientId));
		return found;
	}

	/**
	 * Returns the client if it is still there, and keeps it from being removed until the
	 * transaction ends. Who makes tokens asks this first of all: a removal takes the
	 * client before its tokens, and two that wait for each other would both fail.
	 */
	Optional<Client> hold(Client client) {
		return this.store.share(client.id()) ? Optional.of(client) : Optional.empty();
	}

	/**
	 * Returns the client if the secret is its own, or if it has none and none is given,
	 * and notes that it acts; otherwise the audit hears that somebody was refused. A
	 * secret of 256 random bits is safe behind a fast digest, and comparing takes the
	 * same time wherever it differs.
	 * @param secret what is presented, or null for nothing
	 */
	Optional<Client> authenticate(String clientId, @Nullable ClientSecret secret) {
		Optional<KnownClient> known = known(clientId);
		Optional<Client> proven = known.filter((client) -> client.admits(secret)).map(KnownClient::client);
		proven.ifPresentOrElse((client) -> Actor.client(client.id()).enter(),
				() -> this.events
					.publishEvent(known.map((client) -> ClientActs.of(AuditAction.CLIENT_REFUSED, client.client()))
						.orElseGet(() -> AuditedAct.of(AuditAction.CLIENT_REFUSED, null, null, "unknown client"))));
		return proven;
	}

	/**
	 * Stops believing what is known of a client when the transaction has ended: before, a
	 * request could learn anew what was.
	 */
	void forget(UUID id) {
		TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {

			@Override
			public void afterCompletion(int status) {
				Clients.this.beliefs.changed(id);
			}

		});
	}

	/** A client, and the moment before it was asked for. */
	private record Loaded(KnownClient client, long moment) {

	}

}
