package dev.latchkey.token;

import java.util.UUID;

import dev.latchkey.caller.Actor;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;

/**
 * Reacts to a token that is used after it was rotated and its grace period has passed:
 * either an old script, or a thief. Ending the family on any use would let everybody with
 * a dead token cause an outage, so that only an attempt to rotate with it does, unless
 * the settings want otherwise.
 */
@Service
public class TokenReuse {

	private final TokenRevocation revocation;

	private final TokenProperties properties;

	private final ApplicationEventPublisher events;

	TokenReuse(TokenRevocation revocation, TokenProperties properties, ApplicationEventPublisher events) {
		this.revocation = revocation;
		this.properties = properties;
		this.events = events;
	}

	/**
	 * Tells the owner, and ends the family where that is called for. Whoever has a dead
	 * token may come again and again, so that no transaction begins for what has ended.
	 * @param by who presented it
	 * @param rotating whether the token was presented to be rotated
	 */
	public void detected(Actor by, UUID tokenId, UUID ownerId, boolean rotating) {
		boolean revokes = rotating || this.properties.revokeFamilyOnReuse();
		if (revokes && this.revocation.isFamilyAlive(tokenId)) {
			this.revocation.revokeFamily(by, tokenId, RevocationCause.REUSE);
		}
		this.events.publishEvent(TokenActs.reused(by, tokenId, ownerId, revokes));
	}

}
