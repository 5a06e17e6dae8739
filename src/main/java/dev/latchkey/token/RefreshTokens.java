package dev.latchkey.token;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import dev.latchkey.caller.Actor;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * What a flow needs to redeem a refresh token, all inside the flow's own transaction.
 */
@Service
@Transactional(propagation = Propagation.MANDATORY)
public class RefreshTokens {

	private final ApiTokenRepository tokens;

	private final DigestsAtRest digests;

	private final TokenLives lives;

	private final ApplicationEventPublisher events;

	private final Clock clock;

	RefreshTokens(ApiTokenRepository tokens, DigestsAtRest digests, TokenLives lives, ApplicationEventPublisher events,
			Clock clock) {
		this.tokens = tokens;
		this.digests = digests;
		this.lives = lives;
		this.events = events;
		this.clock = clock;
	}

	/**
	 * Returns whether there is such a token and nobody has redeemed it yet. Asked when a
	 * request arrives, without a lock, it tells afterwards a race from a reuse.
	 */
	@Transactional(readOnly = true)
	public boolean isUnspent(RawToken raw) {
		return this.tokens.findByDigestIn(this.digests.bytesOf(raw)).filter((token) -> !token.isRotated()).isPresent();
	}

	/**
	 * Finds a token and keeps others from redeeming or ending it until the transaction
	 * ends. Its account is taken alone, and before the token: who redeems a token may
	 * find that all of them have to end.
	 */
	public Optional<RefreshToken> lock(RawToken raw) {
		return this.tokens.lockByDigest(this.digests.bytesOf(raw))
			.filter((token) -> token.kind() == TokenKind.REFRESH)
			.map((token) -> token.asRefreshToken(this.lives, this.clock.instant()));
	}

	/**
	 * Marks a token as redeemed.
	 * @param by who redeemed it
	 * @param successorId the refresh token that was given for it
	 * @param window how long it may be redeemed again by a client that lost the answer
	 */
	public void markRedeemed(Actor by, RefreshToken token, UUID successorId, Duration window) {
		Instant now = this.clock.instant();
		ApiToken redeemed = this.tokens.findById(token.id()).orElseThrow();
		TokenDetails before = redeemed.details(this.lives, now);
		redeemed.markRedeemed(window, now);
		this.tokens.save(redeemed);
		this.events.publishEvent(new TokenEvent.TokenRotated(token.id()));
		this.events.publishEvent(TokenActs.rotated(by, before, redeemed.details(this.lives, now), successorId));
	}

	/**
	 * Finds the tokens that were given for this one and have not ended, and keeps others
	 * from redeeming or ending them until the transaction ends.
	 */
	public List<TokenDetails> lockSuccessors(UUID id) {
		Instant now = this.clock.instant();
		return this.tokens.lockSuccessors(id)
			.stream()
			.map((token) -> token.details(this.lives, now))
			.filter((token) -> token.state() == TokenState.ACTIVE)
			.toList();
	}

}
