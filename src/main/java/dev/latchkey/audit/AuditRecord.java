package dev.latchkey.audit;

import java.util.UUID;

import dev.latchkey.net.Arrival;
import dev.latchkey.user.Caller;
import dev.latchkey.user.User;
import org.jspecify.annotations.Nullable;

import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * An event about to be written, all but its time.
 */
record AuditRecord(String action, @Nullable UUID actorId, @Nullable String actor, @Nullable UUID ownerId,
		@Nullable UUID tokenId, @Nullable String ip, @Nullable String detail) {

	/**
	 * Takes the actor and the address from the request under way; where nobody is known,
	 * there is no actor.
	 */
	static AuditRecord here(String action, @Nullable UUID ownerId, @Nullable UUID tokenId, @Nullable String detail) {
		User actor = Caller.current().map(Caller::user).orElse(null);
		return of(action, actor, ownerId, tokenId, detail);
	}

	/**
	 * Returns the same with the owner as the actor where nobody else is known: at a
	 * login.
	 */
	AuditRecord byOwnerIfNobody() {
		return (this.actorId != null) ? this
				: new AuditRecord(this.action, this.ownerId, null, this.ownerId, this.tokenId, this.ip, this.detail);
	}

	/**
	 * Takes the address from the request under way.
	 */
	static AuditRecord by(User actor, String action, @Nullable String detail) {
		return of(action, actor, actor.id(), null, detail);
	}

	private static AuditRecord of(String action, @Nullable User actor, @Nullable UUID ownerId, @Nullable UUID tokenId,
			@Nullable String detail) {
		return new AuditRecord(action, (actor != null) ? actor.id() : null, (actor != null) ? actor.email() : null,
				ownerId, tokenId, address(), detail);
	}

	private static @Nullable String address() {
		if (RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes) {
			return Arrival.addressText(attributes.getRequest());
		}
		return null;
	}

}
