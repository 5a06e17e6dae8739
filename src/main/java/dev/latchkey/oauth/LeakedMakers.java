package dev.latchkey.oauth;

import java.time.Clock;

import dev.latchkey.token.RevocationCause;
import dev.latchkey.token.TokenRevocation;
import dev.latchkey.token.TokensLeaked;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Disables the clients that were registered or given another secret with a token that has
 * leaked, and all that they hold: whoever found the token may have done it. What such a
 * client's tokens have registered falls in turn.
 */
@Component
class LeakedMakers {

	private final ClientStore store;

	private final Clients known;

	private final TokenRevocation revocation;

	private final ApplicationEventPublisher events;

	private final Clock clock;

	LeakedMakers(ClientStore store, Clients known, TokenRevocation revocation, ApplicationEventPublisher events,
			Clock clock) {
		this.store = store;
		this.known = known;
		this.revocation = revocation;
		this.events = events;
		this.clock = clock;
	}

	@EventListener
	@Transactional(propagation = Propagation.MANDATORY)
	void on(TokensLeaked event) {
		for (Client client : this.store.disableMadeWith(event.tokenIds(), this.clock.instant())) {
			this.known.forget(client.id());
			this.events.publishEvent(ClientActs.disabled(client));
			this.revocation.revokeHeld(client.clientId(), RevocationCause.LEAKED);
		}
	}

}
