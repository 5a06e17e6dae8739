package dev.latchkey.client;

import java.util.Optional;
import java.util.UUID;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.latchkey.client.ClientStore.KnownClient;
import dev.latchkey.verification.Beliefs;

import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Knows the clients. What it knows is believed by the rule for tokens, so that an
 * introspection does not pay for a query, and a client that is removed or gets another
 * secret is refused at every node at once. What is no client is not remembered.
 */
@Component
public class ClientCache {

	private static final int KNOWN = 10_000;

	private final ClientStore store;

	private final Beliefs beliefs;

	private final ClientDocumentProperties documents;

	private final Cache<String, Loaded> known = Caffeine.newBuilder().maximumSize(KNOWN).build();

	ClientCache(ClientStore store, Beliefs beliefs, ClientDocumentProperties documents) {
		this.store = store;
		this.beliefs = beliefs;
		this.documents = documents;
	}

	/**
	 * Finds a client that may act by the name that it says.
	 */
	public Optional<Client> find(String clientId) {
		return known(clientId).map(KnownClient::client);
	}

	/**
	 * Finds a client as the database has it now.
	 */
	public Optional<Client> ask(String clientId) {
		return asked(clientId).map(KnownClient::client);
	}

	/**
	 * Finds a client by the id of its registration, whether it may act or not.
	 */
	public Optional<Client> find(UUID id) {
		return this.store.find(id);
	}

	/** Likewise one that may act, with what it proves itself by. */
	Optional<KnownClient> asked(String clientId) {
		return isPossible(clientId) ? load(clientId) : Optional.empty();
	}

	/** What is no client's id by its form is neither looked up nor remembered. */
	Optional<KnownClient> known(String clientId) {
		return isPossible(clientId) ? believed(clientId).or(() -> load(clientId)) : Optional.empty();
	}

	/**
	 * Returns a text for what the settings say of which clients may act.
	 */
	public String rules() {
		return this.documents.rules();
	}

	/** Those that describe themselves are none where the settings say so. */
	private boolean isPossible(String clientId) {
		return ClientFields.isClientId(clientId) || this.documents.admits(clientId);
	}

	private Optional<KnownClient> believed(String clientId) {
		return Optional.ofNullable(this.known.getIfPresent(clientId))
			.filter((loaded) -> this.beliefs.isStillValid(loaded.moment(), loaded.client().client().id()))
			.map(Loaded::client);
	}

	private Optional<KnownClient> load(String clientId) {
		Beliefs.Moment moment = this.beliefs.moment();
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
	public Optional<Client> lockForShare(Client client) {
		return lockForShare(client.id()) ? Optional.of(client) : Optional.empty();
	}

	/**
	 * Likewise, and returns whether it is.
	 */
	public boolean lockForShare(UUID id) {
		return this.store.lockForShare(id);
	}

	/**
	 * Stops believing what is known of a client when the transaction has ended: before, a
	 * request could learn anew what was.
	 */
	void forget(UUID id) {
		TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {

			@Override
			public void afterCompletion(int status) {
				ClientCache.this.beliefs.changed(id);
			}

		});
	}

	/** A client, and the moment before it was asked for. */
	private record Loaded(KnownClient client, Beliefs.Moment moment) {

	}

}
