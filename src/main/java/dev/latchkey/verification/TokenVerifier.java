package dev.latchkey.verification;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Instant;

import dev.latchkey.token.RawToken;
import dev.latchkey.token.TokenDigest;
import dev.latchkey.token.TokenFormat;
import dev.latchkey.token.TokenKind;
import dev.latchkey.token.TokenProperties;
import dev.latchkey.token.TokenReuse;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;

/**
 * Decides whether a presented token is good. The form comes first and costs no query;
 * then one look-up by digest; then what depends on the time and the place of this very
 * request.
 */
@Service
public class TokenVerifier {

	private final TokenFormat format;

	private final TokenLoader loader;

	private final LastUseRecorder lastUses;

	private final TokenReuse reuse;

	private final TokenProperties properties;

	private final ApplicationEventPublisher events;

	private final Clock clock;

	TokenVerifier(TokenFormat format, TokenLoader loader, LastUseRecorder lastUses, TokenReuse reuse,
			TokenProperties properties, ApplicationEventPublisher events, Clock clock) {
		this.format = format;
		this.loader = loader;
		this.lastUses = lastUses;
		this.reuse = reuse;
		this.properties = properties;
		this.events = events;
		this.clock = clock;
	}

	/**
	 * Verifies a token that opens a route, and remembers this use of it.
	 * @param presented what the client sent
	 * @param address from where it came
	 * @param rotating whether it is presented to be rotated
	 * @throws TokenRefusedException if it is not good
	 */
	public VerifiedToken verify(String presented, InetAddress address, boolean rotating) {
		try {
			Instant now = this.clock.instant();
			VerifiedToken good = check(presented, address, now);
			this.lastUses.used(good.tokenId(), now, address);
			return good;
		}
		catch (TokenRefusedException refusal) {
			tell(refusal, rotating);
			throw refusal;
		}
	}

	private VerifiedToken check(String presented, InetAddress address, Instant now) {
		RawToken raw = this.format.parse(presented)
			.orElseThrow(() -> new TokenRefusedException(RefusalReason.MALFORMED));
		if (raw.kind() == TokenKind.REFRESH) {
			throw new TokenRefusedException(RefusalReason.WRONG_KIND);
		}
		StoredToken stored = this.loader.load(TokenDigest.of(raw))
			.orElseThrow(() -> new TokenRefusedException(RefusalReason.UNKNOWN));
		RefusalReason fault = fault(stored, address, now);
		if (fault != null) {
			throw new TokenRefusedException(fault, stored.tokenId(), stored.ownerId());
		}
		return stored.good();
	}

	private @Nullable RefusalReason fault(StoredToken stored, InetAddress address, Instant now) {
		RefusalReason ended = switch (stored.times().stateAt(now, this.properties.idleLifetime())) {
			case ACTIVE -> null;
			case NOT_YET_ACTIVE -> RefusalReason.NOT_YET_ACTIVE;
			case EXPIRED -> RefusalReason.EXPIRED;
			case IDLE_EXPIRED -> RefusalReason.IDLE_EXPIRED;
			case REVOKED -> stored.rotated() ? RefusalReason.REUSED : RefusalReason.REVOKED;
		};
		if (ended != null) {
			return ended;
		}
		if (!stored.ownerEnabled()) {
			return RefusalReason.OWNER_DISABLED;
		}
		return stored.networks().admits(address) ? null : RefusalReason.WRONG_ADDRESS;
	}

	private void tell(TokenRefusedException refusal, boolean rotating) {
		if (refusal.reason() == RefusalReason.REUSED && refusal.tokenId() != null && refusal.ownerId() != null) {
			this.reuse.detected(refusal.tokenId(), refusal.ownerId(), rotating);
		}
		this.events.publishEvent(new TokenRefused(refusal.reason(), refusal.tokenId(), refusal.ownerId()));
	}

}
