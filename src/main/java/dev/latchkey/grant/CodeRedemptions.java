package dev.latchkey.grant;

import java.util.Optional;

import dev.latchkey.caller.Actor;
import dev.latchkey.caller.AuditAction;
import dev.latchkey.caller.AuditedAct;
import dev.latchkey.client.Client;
import dev.latchkey.token.Lineage;
import dev.latchkey.token.RevocationCause;
import dev.latchkey.token.TokenDigest;
import dev.latchkey.token.TokenRevocation;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * Which authorization codes have been redeemed. A second use ends what the first gave
 * (RFC 6749 section 4.1.2): one of the two was not the client's. Of two at the same time
 * one wins, and the other is only late.
 */
@Component
class CodeRedemptions {

	private final AuthorizationStore store;

	private final ConcurrentRedemptions concurrent;

	private final TokenRevocation revocation;

	private final ApplicationEventPublisher events;

	CodeRedemptions(AuthorizationStore store, ConcurrentRedemptions concurrent, TokenRevocation revocation,
			ApplicationEventPublisher events) {
		this.store = store;
		this.concurrent = concurrent;
		this.revocation = revocation;
		this.events = events;
	}

	/**
	 * Returns whether there is such a code and nobody has redeemed it yet.
	 */
	boolean isUnused(String code) {
		return this.store.findByCode(TokenDigest.of(code)).filter((row) -> row.usedAt() == null).isPresent();
	}

	/**
	 * Finds a code, redeemed or not, and keeps others from redeeming it until the
	 * transaction ends.
	 */
	Optional<AuthorizationRow> lock(String code) {
		return this.store.lockByCode(TokenDigest.of(code));
	}

	/**
	 * Redeems a code in the transaction that is open.
	 * @param lineage the grant that it becomes
	 */
	void redeem(AuthorizationRow row, Lineage lineage) {
		this.store.use(row.id(), lineage.grantId());
		this.concurrent.note(row.id());
	}

	/**
	 * Ends what a code gave that is presented again without an excuse.
	 */
	void usedAgain(Actor by, Client client, AuthorizationRow row, RedemptionAttempt attempt) {
		if (row.familyId() != null && !this.concurrent.isRace(row.id(), attempt)) {
			this.revocation.revokeGrant(by, row.familyId(), RevocationCause.REUSE);
			this.events.publishEvent(AuditedAct.ofAccount(AuditAction.TOKEN_REUSE_DETECTED, by, row.ownerId())
				.saying("code of %s, family revoked".formatted(client.clientId())));
		}
	}

}
