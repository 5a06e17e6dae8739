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
	 * Tells of what somebody does.
	 */
	public static AuditedAct of(AuditAction action, Actor actor, @Nullable UUID ownerId, @Nullable UUID tokenId,
			@Nullable String detail) {
		return new AuditedAct(action, actor, ownerId, tokenId, List.of(), detail);
	}

	/**
	 * Returns the same, done by somebody else.
	 */
	public AuditedAct by(Actor other) {
		return new AuditedAct(this.action, other, this.ownerId, this.tokenId, this.changes, this.detail);
	}

	/**
	 * Returns the same, which has changed this.
	 */
	public AuditedAct changing(List<Change> other) {
		return new AuditedAct(this.action, this.actor, this.ownerId, this.tokenId, other, this.detail);
	}

}
