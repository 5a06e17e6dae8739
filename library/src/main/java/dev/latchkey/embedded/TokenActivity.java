package dev.latchkey.embedded;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import dev.latchkey.caller.Change;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to tokens, as an event in the application: what stands in the
 * audit, as soon as it holds. Refusals come one by one, which the audit folds.
 *
 * @param at when it happened
 * @param action what happened, for example {@code token.revoked}
 * @param owner whose token it is ({@link TokenOwner#id()}), or null where nobody is known
 * @param tokenId the token, or null where none is known
 * @param actor who did it, by the name of that user, or null for the application itself
 * and for whom nobody knows
 * @param actingTokenId the token with which it was done, or null
 * @param changes which fields were what before
 * @param ip from where, or null
 * @param detail more about it, or null; never a secret
 */
public record TokenActivity(Instant at, String action, @Nullable String owner, @Nullable UUID tokenId,
		@Nullable String actor, @Nullable UUID actingTokenId, List<Change> changes, @Nullable String ip,
		@Nullable String detail) {

	public TokenActivity {
		changes = List.copyOf(changes);
	}

}
