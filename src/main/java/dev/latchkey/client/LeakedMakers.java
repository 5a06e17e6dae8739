package dev.latchkey.client;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import dev.latchkey.caller.Actor;
import dev.latchkey.token.TokensLeaked;

import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Disables the clients that were registered or given another secret with a token that has
 * leaked, and all that they hold: whoever found the token may have done it. What such a
 * client's tokens have registered falls in turn.
 * <p>
 * Which they are is read while the accounts of the tokens are held, so that none is
 * missed. They are disabled once that transaction has ended, since clients are held
 * before accounts. If that fails, so does the call; one that was disabled before is gone
 * through again, so that the next call does the rest.
 */
@Component
class LeakedMakers {

	private final ClientStore store;

	private final ClientRemoval removal;

	LeakedMakers(ClientStore store, ClientRemoval removal) {
		this.store = store;
		this.removal = removal;
	}

	@EventListener
	@Transactional(propagation = Propagation.MANDATORY)
	void on(TokensLeaked event) {
		List<UUID> clients = this.store.findMadeWith(event.tokenIds());
		if (!clients.isEmpty()) {
			TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {

				@Override
				public void afterCommit() {
					disable(event.by(), clients);
				}

			});
		}
	}

	private void disable(Actor by, Collection<UUID> made) {
		Deque<UUID> clients = new ArrayDeque<>(made);
		Set<UUID> seen = new HashSet<>();
		while (!clients.isEmpty()) {
			UUID client = clients.remove();
			if (seen.add(client)) {
				clients.addAll(this.store.findMadeWith(this.removal.disable(by, client)));
			}
		}
	}

}
