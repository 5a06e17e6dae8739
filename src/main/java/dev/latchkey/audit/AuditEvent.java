package dev.latchkey.audit;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.latchkey.caller.Change;
import dev.latchkey.net.IpAddress;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened: who, with what, from where, when, and what is different now.
 *
 * @param id the event, in the order in which they were written
 * @param at when it happened, or for folded ones, when it first did
 * @param action what happened, for example {@code token.revoked}
 * @param actor the address of the account that did it at that time, {@code command line},
 * or null
 * @param actorId the account that did it, or null where nobody is known
 * @param credential with what it was done, or null
 * @param ownerId the account that it concerns, or null
 * @param tokenId the token that it concerns, or null
 * @param changes which fields were what before
 * @param ip from where, or null for the server itself
 * @param requestId by which request, the first of several, or null; no body has it
 * @param count how many times it happened within a minute
 * @param detail more about it, or null
 */
record AuditEvent(@JsonFormat(shape = JsonFormat.Shape.STRING) long id, Instant at, String action,
		@Nullable String actor, @Nullable String actorId, @Nullable With credential, @Nullable String ownerId,
		@Nullable UUID tokenId, List<Change> changes, @Nullable String ip, @JsonIgnore @Nullable String requestId,
		int count, @Nullable String detail) {

	AuditEvent {
		ip = IpAddress.rewritten(ip);
	}

	/**
	 * With what somebody acted.
	 *
	 * @param kind {@code token}, {@code client} or {@code session}
	 * @param id what names it, and opens nothing
	 */
	record With(String kind, String id) {

	}

}
