package dev.latchkey.client;

import java.time.Instant;

import dev.latchkey.caller.Actor;
import dev.latchkey.persistence.RetriedTransaction;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * Keeps what clients say of themselves. One that says something else is the same client.
 */
@Component
class DocumentedClients {

	private final ClientStore store;

	private final ClientCache known;

	private final ApplicationEventPublisher events;

	DocumentedClients(ClientStore store, ClientCache known, ApplicationEventPublisher events) {
		this.store = store;
		this.known = known;
		this.events = events;
	}

	@RetriedTransaction
	void save(Actor by, Client said, Instant until) {
		Client before = this.store.findByName(said.clientId()).orElse(null);
		if (before == null) {
			if (this.store.insertDocumented(said, until)) {
				this.events.publishEvent(ClientActs.registered(by, said));
			}
			return;
		}
		this.store.take(before.id());
		this.store.updateDocumented(before.id(), said, until);
		this.known.forget(before.id());
		if (!before.redirectUris().equals(said.redirectUris()) || !before.name().equals(said.name())
				|| !before.grantTypes().equals(said.grantTypes()) || !before.scopes().equals(said.scopes())) {
			this.events.publishEvent(ClientActs.changed(by, before, said));
		}
	}

}
