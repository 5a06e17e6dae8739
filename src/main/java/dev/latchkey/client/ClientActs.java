package dev.latchkey.client;

import dev.latchkey.caller.AuditAction;
import dev.latchkey.caller.AuditedAct;
import dev.latchkey.caller.Change;

/**
 * What the audit is told of clients.
 */
final class ClientActs {

	private ClientActs() {
	}

	static AuditedAct registered(Client client) {
		return of(AuditAction.CLIENT_REGISTERED, client).changing(Change.collect()
			.add("client_id", null, client.clientId())
			.add("name", null, client.name())
			.add("confidential", null, client.confidential())
			.add("grant_types", null, client.grantTypes().stream().map(GrantType::value).toList())
			.add("scopes", null, client.scopes().names())
			.add("redirect_uris", null, client.redirectUris())
			.add("audiences", null, client.audiences())
			.add("role", null, client.servesRole())
			.add("account", null, client.accountId())
			.toList());
	}

	static AuditedAct secretReplaced(Client before, Client after) {
		return of(AuditAction.CLIENT_SECRET_REPLACED, after)
			.changing(Change.collect().add("max_role", before.maxRole(), after.maxRole()).toList());
	}

	static AuditedAct disabled(Client client) {
		return of(AuditAction.CLIENT_CHANGED, client).changing(Change.collect().add("enabled", true, false).toList());
	}

	static AuditedAct of(AuditAction action, Client client) {
		return AuditedAct.of(action, client.accountId(), null, client.clientId());
	}

}
