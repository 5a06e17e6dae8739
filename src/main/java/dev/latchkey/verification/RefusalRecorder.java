package dev.latchkey.verification;

import java.net.InetAddress;

import dev.latchkey.caller.Actor;
import dev.latchkey.caller.AuditAction;
import dev.latchkey.caller.AuditedAct;
import dev.latchkey.net.IpAddress;
import dev.latchkey.token.TokenReuse;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * Counts refusals and tells of them: the audit of each, and whoever reacts to it of one
 * that shows a reuse.
 */
@Component
class RefusalRecorder {

	private final TokenReuse reuse;

	private final VerificationCounts counts;

	private final ApplicationEventPublisher events;

	RefusalRecorder(TokenReuse reuse, VerificationCounts counts, ApplicationEventPublisher events) {
		this.reuse = reuse;
		this.counts = counts;
		this.events = events;
	}

	/**
	 * Records a refusal. Whoever asks about a token says from where it was presented.
	 * @param by who presented it, or asks about it
	 * @param address from where it came, or null where that is not known
	 * @param rotating whether it was presented to be rotated
	 */
	void refused(Actor by, TokenRefusedException refusal, @Nullable InetAddress address, boolean rotating) {
		this.counts.refused(refusal.reason());
		if (refusal.reason() == RefusalReason.REUSED && refusal.tokenId() != null && refusal.ownerId() != null) {
			this.reuse.detected(by, refusal.tokenId(), refusal.ownerId(), rotating);
		}
		String ip = (address != null) ? IpAddress.text(address) : null;
		this.events.publishEvent(
				AuditedAct.ofToken(AuditAction.TOKEN_REFUSED, by.from(ip), refusal.ownerId(), refusal.tokenId())
					.saying(refusal.reason().value()));
	}

}
