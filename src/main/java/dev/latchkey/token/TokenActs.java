package dev.latchkey.token;

import java.util.List;
import java.util.UUID;

import dev.latchkey.caller.Actor;
import dev.latchkey.caller.AuditAction;
import dev.latchkey.caller.AuditedAct;
import dev.latchkey.caller.Change;
import org.jspecify.annotations.Nullable;

/**
 * What the audit is told of tokens.
 */
final class TokenActs {

	private TokenActs() {
	}

	/**
	 * A token that is made while no account is known, at a sign-in or for an application,
	 * is made for its owner.
	 * @param predecessor the token that it takes the place of, or null for none
	 */
	static AuditedAct created(Actor by, TokenDetails token, @Nullable UUID predecessor) {
		return of(AuditAction.TOKEN_CREATED, by.forOwner(token.ownerId()), token,
				compare(null, token).add("predecessor", null, predecessor).toList(), token.terms().scopes().toString());
	}

	/** A token that another system gave out, and now this one keeps. */
	static AuditedAct imported(Actor by, UUID id, UUID ownerId, ForeignToken token, String from) {
		return AuditedAct.ofToken(AuditAction.IMPORT_TOKEN, by, ownerId, id)
			.saying(from)
			.changing(Change.collect()
				.add("name", null, token.name())
				.add("scopes", null, token.scopes().names())
				.add("expires_at", null, token.expiresAt())
				.toList());
	}

	static AuditedAct importFinished(Actor by, String from, TokenImport.Taken taken, int unreadable) {
		return AuditedAct.of(AuditAction.IMPORT_FINISHED, by)
			.saying(from)
			.changing(Change.collect()
				.add("imported", null, taken.imported())
				.add("unchanged", null, taken.unchanged())
				.add("refused", null, taken.refused().size() + unreadable)
				.toList());
	}

	static AuditedAct changed(Actor by, TokenDetails before, TokenDetails after) {
		return of(AuditAction.TOKEN_CHANGED, by, after, compare(before, after).toList(), null);
	}

	/** An application that redeems a refresh token acts for the owner. */
	static AuditedAct rotated(Actor by, TokenDetails before, TokenDetails after, UUID successor) {
		return of(AuditAction.TOKEN_ROTATED, by.forOwner(after.ownerId()), after,
				compare(before, after).add("successor", null, successor).toList(), "successor " + successor);
	}

	/**
	 * Whoever brings a token to its end has done so himself, unless it makes room for
	 * another one of the same owner's.
	 */
	static AuditedAct revoked(Actor by, UUID tokenId, UUID ownerId, RevocationCause cause, @Nullable String reason) {
		Actor actor = (cause == RevocationCause.REPLACED) ? by.forOwner(ownerId) : by;
		return AuditedAct.ofToken(AuditAction.TOKEN_REVOKED, actor, ownerId, tokenId)
			.saying(cause.value())
			.changing(Change.collect().add("revocation_reason", null, reason).toList());
	}

	static AuditedAct suspended(Actor by, UUID tokenId, UUID ownerId) {
		return AuditedAct.ofToken(AuditAction.TOKEN_SUSPENDED, by, ownerId, tokenId);
	}

	static AuditedAct resumed(Actor by, UUID tokenId, UUID ownerId) {
		return AuditedAct.ofToken(AuditAction.TOKEN_RESUMED, by, ownerId, tokenId);
	}

	static AuditedAct reused(Actor by, UUID tokenId, UUID ownerId, boolean familyRevoked) {
		return AuditedAct.ofToken(AuditAction.TOKEN_REUSE_DETECTED, by, ownerId, tokenId)
			.saying(familyRevoked ? "family revoked" : null);
	}

	private static AuditedAct of(AuditAction action, Actor by, TokenDetails token, List<Change> changes,
			@Nullable String detail) {
		return AuditedAct.ofToken(action, by, token.ownerId(), token.id()).saying(detail).changing(changes);
	}

	private static Change.Collector compare(@Nullable TokenDetails before, TokenDetails after) {
		return Change.collect()
			.add("name", (before != null) ? before.name() : null, after.name())
			.add("description", (before != null) ? before.description() : null, after.description())
			.add("scopes", (before != null) ? before.terms().scopes().names() : null, after.terms().scopes().names())
			.add("resources", (before != null) ? before.terms().resources().names() : null,
					after.terms().resources().names())
			.add("allowed_ips", (before != null) ? before.terms().networks().toStrings() : List.of(),
					after.terms().networks().toStrings())
			.add("expires_at", (before != null) ? before.terms().expiresAt() : null, after.terms().expiresAt())
			.add("not_before", (before != null) ? before.terms().notBefore() : null, after.terms().notBefore())
			.add("rate_limit", (before != null) ? before.terms().rateLimit() : null, after.terms().rateLimit());
	}

}
