package dev.latchkey.audit;

import java.time.Instant;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonFormat;
import dev.latchkey.net.IpAddress;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened: who, from where, when.
 *
 * @param id the event, in the order in which they were written
 * @param at when it happened, or for folded ones, when it first did
 * @param action what happened, for example {@code token.revoked}
 * @param actorId the account that did it, or null where nobody is known
 * @param actor the address of that account at that time, or null
 * @param ownerId the account that it concerns, or null
 * @param tokenId the token that it concerns, or null
 * @param ip from where, or null for the server itself
 * @param count how many times it happened within a minute
 * @param detail more about it, or null
 */
record AuditEvent(@JsonFormat(shape = JsonFormat.Shape.STRING) long id, Instant at, String action,
		@Nullable UUID actorId, @Nullable String actor, @Nullable UUID ownerId, @Nullable UUID tokenId,
		@Nullable String ip, int count, @Nullable String detail) {

	AuditEvent {
		ip = IpAddress.rewritten(ip);
	}

}
