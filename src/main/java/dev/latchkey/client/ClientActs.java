package dev.latchkey.client;

import java.util.Set;

import dev.latchkey.caller.Actor;
import dev.latchkey.caller.AuditAction;
import dev.latchkey.caller.AuditedAct;
import dev.latchkey.caller.Change;

/**
 * What the audit is told of clients.
 */
final class ClientActs {

	private ClientActs() {
	}

	static AuditedAct registered(Actor by, Client client) {
		return of(AuditAction.CLIENT_REGISTERED, by, client).changing(Change.collect()
			.add("client_id", null, client.clientId())
			.add("name", null, client.name())
			.add("confidential", null, client.confidential())
			.add("grant_types", null, client.grantTypes().stream().map(GrantType::value).toList())
			.add("scopes", null, client.scopes().names())
			.add("redirect_uris", null, client.redirectUris())
			.add("audiences", null, client.audiences())
			.add("resource", null, client.resource())
			.add("role", null, client.servesRole())
			.add("account", null, client.accountId())
			.toList());
	}

	static AuditedAct secretReplaced(Actor by, Client before, Client after) {
		return of(AuditAction.CLIENT_SECRET_REPLACED, by, after)
			.changing(Change.collect().add("max_role", before.maxRole(), after.maxRole()).toList());
	}

	static AuditedAct changed(Actor by, Client before, Client after) {
		return of(AuditAction.CLIENT_CHANGED, by, after).changing(Change.collect()
			.add("name", before.name(), after.name())
			.add("grant_types", before.grantTypes().stream().map(GrantType::value).toList(),
					after.grantTypes().stream().map(GrantType::value).toList())
			.add("scopes", before.scopes().names(), after.scopes().names())
			.add("redirect_uris", before.redirectUris(), after.redirectUris())
			.toList());
	}

	static AuditedAct readmitted(Actor by, RemovedClient client) {
		return AuditedAct.of(AuditAction.CLIENT_CHANGED, by)
			.saying(client.clientId())
			.changing(Change.collect().add("removed", true, false).toList());
	}

	static AuditedAct narrowed(Actor by, Client client, Set<String> left) {
		return of(AuditAction.CLIENT_CHANGED, by, client)
			.changing(Change.collect().add("scopes", client.scopes().names(), left).toList());
	}

	static AuditedAct disabled(Actor by, Client client) {
		return of(AuditAction.CLIENT_CHANGED, by, client)
			.changing(Change.collect().add("enabled", true, false).toList());
	}

	static AuditedAct of(AuditAction action, Actor by, Client client) {
		return AuditedAct.ofAccount(action, by, client.accountId()).saying(client.clientId());
	}

}
