package dev.latchkey.caller;

import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * Something that the audit has a row for. What changes something tells of it inside the
 * transaction of the change.
 *
 * @param action what was done
 * @param actor who did it, with what and from where
 * @param ownerId the account that it concerns, or null
 * @param tokenId the token that it concerns, or null
 * @param changes what is different now
 * @param detail more about it, or null; never a secret, and nothing that a guest has
 * typed
 */
public record AuditedAct(AuditAction action, Actor actor, @Nullable UUID ownerId, @Nullable UUID tokenId,
		List<Change> changes, @Nullable String detail) {

	public AuditedAct {
		actor = actor.named();
		changes = List.copyOf(changes);
	}

	/**
	 * Tells of what somebody does that concerns no account and no token.
	 */
	public static AuditedAct of(AuditAction action, Actor actor) {
		return new AuditedAct(action, actor, null, null, List.of(), null);
	}

	/**
	 * Tells of what somebody does that concerns an account.
	 * @param ownerId the account, or null where it is gone
	 */
	public static AuditedAct ofAccount(AuditAction action, Actor actor, @Nullable UUID ownerId) {
		return new AuditedAct(action, actor, ownerId, null, List.of(), null);
	}

	/**
	 * Tells of what somebody does that concerns a token.
	 * @param ownerId whose it is, or null where that is not known
	 * @param tokenId the token, or null where there is none
	 */
	public static AuditedAct ofToken(AuditAction action, Actor actor, @Nullable UUID ownerId, @Nullable UUID tokenId) {
		return new AuditedAct(action, actor, ownerId, tokenId, List.of(), null);
	}

	/**
	 * Returns the same, done by somebody else.
	 */
	public AuditedAct by(Actor other) {
		return new AuditedAct(this.action, other, this.ownerId, this.tokenId, this.changes, this.detail);
	}

	/**
	 * Returns the same, with more about it.
	 * @param more never a secret, and nothing that a guest has typed; null for no more
	 */
	public AuditedAct saying(@Nullable String more) {
		return new AuditedAct(this.action, this.actor, this.ownerId, this.tokenId, this.changes, more);
	}

	/**
	 * Returns the same, which has changed this.
	 */
	public AuditedAct changing(List<Change> other) {
		return new AuditedAct(this.action, this.actor, this.ownerId, this.tokenId, other, this.detail);
	}

}
