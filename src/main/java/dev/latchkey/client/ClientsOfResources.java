package dev.latchkey.client;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import dev.latchkey.caller.Actor;
import dev.latchkey.resource.ResourceReferences;
import dev.latchkey.scope.Scopes;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * What clients have to do with resources: a scope that is removed is taken from them, and
 * a resource to which a client belongs is not removed. A client without its resource
 * would be told of every token.
 */
@Component
class ClientsOfResources implements ResourceReferences {

	private final ClientStore store;

	private final ClientCache known;

	private final ApplicationEventPublisher events;

	ClientsOfResources(ClientStore store, ClientCache known, ApplicationEventPublisher events) {
		this.store = store;
		this.known = known;
		this.events = events;
	}

	@Override
	public List<String> dependants(String resource) {
		return this.store.findOfResource(resource);
	}

	/** The clients are not taken: who makes tokens holds them, and waits for us. */
	@Override
	@Transactional(propagation = Propagation.MANDATORY)
	public void forget(Actor by, Set<String> scopes, Set<String> resources) {
		for (Client client : this.store.findWith(scopes)) {
			Set<String> left = new TreeSet<>(client.scopes().names());
			left.removeAll(scopes);
			this.store.updateScopes(client.id(), Scopes.of(left));
			this.known.forget(client.id());
			this.events.publishEvent(ClientActs.narrowed(by, client, left));
		}
	}

}
