package dev.latchkey.grant;

import java.util.UUID;

import dev.latchkey.caller.Actor;
import dev.latchkey.caller.AuditAction;
import dev.latchkey.caller.AuditedAct;
import dev.latchkey.caller.Change;
import dev.latchkey.scope.Scopes;
import org.jspecify.annotations.Nullable;

/**
 * What the audit is told of consents.
 */
final class ConsentActs {

	private ConsentActs() {
	}

	/**
	 * Tells that an application may act for an account.
	 * @param before what it could do, or null if nothing
	 */
	static AuditedAct given(Actor by, UUID ownerId, String clientId, @Nullable Scopes before, Scopes given) {
		return AuditedAct.ofAccount(AuditAction.CONSENT_GIVEN, by, ownerId)
			.saying(clientId)
			.changing(Change.collect().add("scopes", (before != null) ? before.names() : null, given.names()).toList());
	}

	/**
	 * Tells that an application may act for an account no more.
	 * @param before what it could do
	 */
	static AuditedAct withdrawn(Actor by, UUID ownerId, String clientId, Scopes before) {
		return AuditedAct.ofAccount(AuditAction.CONSENT_WITHDRAWN, by, ownerId)
			.saying(clientId)
			.changing(Change.collect().add("scopes", before.names(), null).toList());
	}

}
