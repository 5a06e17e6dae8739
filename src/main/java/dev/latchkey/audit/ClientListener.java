package dev.latchkey.audit;

import dev.latchkey.oauth.ClientEvent;

import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Hears what happens to clients and has it written.
 */
@Component
class ClientListener {

	private final AuditLog log;

	ClientListener(AuditLog log) {
		this.log = log;
	}

	@EventListener
	void on(ClientEvent event) {
		String action = "client.secret_replaced";
		if (event instanceof ClientEvent.ClientRegistered) {
			action = "client.registered";
		}
		else if (event instanceof ClientEvent.ClientDisabled) {
			action = "client.changed";
		}
		else if (event instanceof ClientEvent.ClientRemoved) {
			action = "client.removed";
		}
		this.log.write(AuditRecord.here(action, event.client().accountId(), null, event.client().clientId()));
	}

}
