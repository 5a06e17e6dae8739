package dev.latchkey.oauth;

import java.time.Duration;
import java.util.Optional;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.latchkey.oauth.ClientStore.KnownClient;

import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Knows the clients. What it knows is at most a second old, so that an introspection does
 * not pay for a query, and a client that is removed on another node is refused here in
 * the next second.
 */
@Component
class Clients {

	private static final Duration STALENESS = Duration.ofSeconds(1);

	private static final int KNOWN = 10_000;

	private final ClientStore store;

	private final LoadingCache<String, Optional<KnownClient>> known;

	Clients(ClientStore store) {
		this.store = store;
		this.known = Caffeine.newBuilder().expireAfterWrite(STALENESS).maximumSize(KNOWN).build(store::find);
	}

	Optional<Client> find(String clientId) {
		return known(clientId).map(KnownClient::client);
	}

	/** What is no client's id by its form is neither looked up nor remembered. */
	Optional<KnownClient> known(String clientId) {
		return ClientFields.isClientId(clientId) ? this.known.get(clientId) : Optional.empty();
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
	 * Returns the client if the secret is its own. A secret of 256 random bits is safe
	 * behind a fast digest, and comparing takes the same time wherever it differs.
	 */
	Optional<Client> authenticate(String clientId, ClientSecret secret) {
		return known(clientId).filter((client) -> client.hasSecret(secret)).map(KnownClient::client);
	}

	/**
	 * Forgets a client when the transaction has ended: before, a request could learn anew
	 * what was.
	 */
	void forget(String clientId) {
		TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {

			@Override
			public void afterCompletion(int status) {
				Clients.this.known.invalidate(clientId);
			}

		});
	}

}
