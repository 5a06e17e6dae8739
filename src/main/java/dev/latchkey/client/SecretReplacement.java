package dev.latchkey.client;

import java.util.Optional;
import java.util.UUID;

import dev.latchkey.caller.Actor;
import dev.latchkey.persistence.RetriedTransaction;
import dev.latchkey.token.OutlivedTokens;
import dev.latchkey.value.InvalidFieldsException;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;

/**
 * Replaces the secrets of clients.
 */
@Service
public class SecretReplacement {

	private final ClientStore store;

	private final ClientCache known;

	private final ClientRights rights;

	private final OutlivedTokens makers;

	private final ApplicationEventPublisher events;

	SecretReplacement(ClientStore store, ClientCache known, ClientRights rights, OutlivedTokens makers,
			ApplicationEventPublisher events) {
		this.store = store;
		this.known = known;
		this.rights = rights;
		this.makers = makers;
		this.events = events;
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
	public Optional<RegisteredSecret> replace(Actor by, UUID id) {
		this.store.take(id);
		Client before = this.store.find(id).orElse(null);
		if (before == null) {
			return Optional.empty();
		}
		this.rights.requireMayReplaceSecret(by, before);
		requireSecret(before);
		ClientSecret secret = ClientSecret.generate();
		if (!this.store.replaceSecret(id, secret.digest(), this.rights.limit(by, before))) {
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

}
