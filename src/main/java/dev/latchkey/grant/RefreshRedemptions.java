package dev.latchkey.grant;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

import dev.latchkey.caller.Actor;
import dev.latchkey.token.RawToken;
import dev.latchkey.token.RefreshToken;
import dev.latchkey.token.RefreshTokens;
import dev.latchkey.token.RevocationCause;
import dev.latchkey.token.TokenDetails;
import dev.latchkey.token.TokenReuse;
import dev.latchkey.token.TokenRevocation;
import dev.latchkey.token.TokenState;
import dev.latchkey.verification.RefusalReason;
import dev.latchkey.verification.UnwrittenUses;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Which refresh tokens have been redeemed, and whether one may be redeemed again. Who
 * presents one again ends its whole grant (RFC 9700 section 4.14.2), with three
 * exceptions that are no theft: of refreshes at the same time, those that come too late
 * are only refused, and so is a token whose own life, or the grant's, is over; and a
 * client that lost the answer may ask again for a short while, as long as nobody has used
 * what the answer held.
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class RefreshRedemptions {

	private final RefreshTokens refreshTokens;

	private final ConcurrentRedemptions concurrent;

	private final UnwrittenUses uses;

	private final TokenReuse reuse;

	private final TokenRevocation revocation;

	private final GrantProperties properties;

	RefreshRedemptions(RefreshTokens refreshTokens, ConcurrentRedemptions concurrent, UnwrittenUses uses,
			TokenReuse reuse, TokenRevocation revocation, GrantProperties properties) {
		this.refreshTokens = refreshTokens;
		this.concurrent = concurrent;
		this.uses = uses;
		this.reuse = reuse;
		this.revocation = revocation;
		this.properties = properties;
	}

	/**
	 * Returns whether there is such a token and nobody has redeemed it yet.
	 */
	@Transactional(readOnly = true)
	boolean isUnspent(RawToken raw) {
		return this.refreshTokens.isUnspent(raw);
	}

	/**
	 * Finds a token, redeemed or not, and keeps others from redeeming or ending it until
	 * the transaction ends.
	 */
	Optional<RefreshToken> lock(RawToken raw) {
		return this.refreshTokens.lock(raw);
	}

	/**
	 * Returns why a token cannot be redeemed, or null if it can, and ends the grant of
	 * one that is presented again without an excuse.
	 */
	@Nullable RefusalReason fault(Actor by, RefreshToken token, RedemptionAttempt attempt) {
		if (token.expired()) {
			return RefusalReason.EXPIRED;
		}
		if (token.state() == TokenState.SUSPENDED) {
			return RefusalReason.SUSPENDED;
		}
		boolean active = token.state() == TokenState.ACTIVE;
		if (token.redeemedAt() == null) {
			return active ? null : ended(token.state());
		}
		if (this.concurrent.isRace(token.id(), attempt)) {
			return RefusalReason.REUSED;
		}
		if (active && answerIsUnused(token.id())) {
			return null;
		}
		this.reuse.detected(by, token.id(), token.ownerId(), true);
		return RefusalReason.REUSED;
	}

	private static RefusalReason ended(TokenState state) {
		return (state == TokenState.IDLE_EXPIRED) ? RefusalReason.IDLE_EXPIRED : RefusalReason.REVOKED;
	}

	/** A token of the answer that was used, spent or ended proves that it arrived. */
	private boolean answerIsUnused(UUID spentId) {
		List<TokenDetails> answer = this.refreshTokens.lockSuccessors(spentId);
		return answer.size() == 2 && answer.stream()
			.noneMatch((token) -> token.history().rotated() || token.history().lastUsedAt() != null
					|| this.uses.isRemembered(token.id()));
	}

	/**
	 * Begins the redemption of a token that has no fault. What its answer held, if it is
	 * redeemed again, ends.
	 */
	void begin(Actor by, RefreshToken token) {
		this.concurrent.note(token.id());
		if (token.redeemedAt() != null) {
			this.revocation.revokeAlone(by,
					this.refreshTokens.lockSuccessors(token.id()).stream().map(TokenDetails::id).toList(),
					RevocationCause.REPLACED);
		}
	}

	/**
	 * Ends it: from now on the token is spent, if it was not before.
	 */
	void end(Actor by, RefreshToken token, TokenPair answer) {
		if (token.redeemedAt() == null && answer.refresh() != null) {
			this.refreshTokens.markRedeemed(by, token, answer.refresh().details().id(),
					this.properties.refreshRetryWindow());
		}
	}

}
