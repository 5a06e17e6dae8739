package dev.latchkey.client;

import java.time.Instant;
import java.util.Set;

import dev.latchkey.caller.Actor;
import dev.latchkey.persistence.RetriedTransaction;
import dev.latchkey.scope.ScopeAdmission;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * Keeps what clients say of themselves. One that says something else is the same client;
 * whoever has agreed to what it said is asked again if it is another name, other
 * addresses to be sent back to, other grants, or more scopes.
 */
@Component
class DocumentedClients {

	private final ClientStore store;

	private final ClientCache known;

	private final ScopeAdmission admission;

	private final ApplicationEventPublisher events;

	DocumentedClients(ClientStore store, ClientCache known, ScopeAdmission admission,
			ApplicationEventPublisher events) {
		this.store = store;
		this.known = known;
		this.admission = admission;
		this.events = events;
	}

	/**
	 * Keeps what a client says.
	 * @param namesScopes whether it names its scopes; otherwise they are those that there
	 * are, and more of them are not its doing
	 * @param until until when it is believed
	 */
	@RetriedTransaction
	void save(Actor by, Client read, boolean namesScopes, Instant until) {
		Client before = this.store.findByName(read.clientId()).orElse(null);
		if (before != null) {
			this.store.take(before.id());
		}
		Client said = read.with(this.admission.admitted(read.scopes()));
		if (before == null) {
			if (this.store.insertDocumented(said, until)) {
				this.events.publishEvent(ClientActs.registered(by, said));
			}
			return;
		}
		boolean another = !before.name().equals(said.name())
				|| !Set.copyOf(before.redirectUris()).equals(Set.copyOf(said.redirectUris()))
				|| !before.grantTypes().equals(said.grantTypes());
		boolean more = namesScopes && !before.scopes().names().containsAll(said.scopes().names());
		this.store.updateDocumented(before.id(), said, another || more, until);
		this.known.forget(before.id());
		if (another || !before.redirectUris().equals(said.redirectUris()) || !before.scopes().equals(said.scopes())) {
			this.events.publishEvent(ClientActs.changed(by, before, said));
		}
	}

}
