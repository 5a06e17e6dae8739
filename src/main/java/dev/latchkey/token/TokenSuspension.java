package dev.latchkey.token;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

import dev.latchkey.caller.Actor;
import dev.latchkey.caller.GivingDeniedException;
import dev.latchkey.persistence.RetriedTransaction;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;

/**
 * Takes tokens out of use for a time, and gives them back. A flow's token takes its whole
 * grant along, as when it is revoked; what a personal one made lives on.
 */
@Service
public class TokenSuspension {

	private final ApiTokenRepository tokens;

	private final ResumeRights rights;

	private final TokenLives lives;

	private final ApplicationEventPublisher events;

	private final Clock clock;

	TokenSuspension(ApiTokenRepository tokens, ResumeRights rights, TokenLives lives, ApplicationEventPublisher events,
			Clock clock) {
		this.tokens = tokens;
		this.rights = rights;
		this.lives = lives;
		this.events = events;
		this.clock = clock;
	}

	/**
	 * Suspends a token until somebody resumes it; a second time changes nothing.
	 * @param ownerId whose it must be, or null for anybody's
	 * @return whether there is such a token
	 * @throws TokenNotActiveException if its life has ended
	 */
	@RetriedTransaction
	public boolean suspend(Actor by, @Nullable UUID ownerId, UUID tokenId) {
		ApiToken token = lock(ownerId, tokenId);
		if (token == null) {
			return false;
		}
		Instant now = this.clock.instant();
		token.requireUnended(this.lives, now);
		change(token, false, now, (one) -> {
			one.suspend(now);
			this.events.publishEvent(TokenActs.suspended(by, one.id(), one.ownerId()));
		});
		return true;
	}

	/**
	 * Gives a suspended token back to its holders; one that is not suspended stays as it
	 * is.
	 * @param ownerId whose it must be, or null for anybody's
	 * @return whether there is such a token
	 * @throws TokenNotActiveException if its life has ended, or it was made for a longer
	 * one than there may be now, so that it would not work
	 * @throws GivingDeniedException if it may do what the one that acts may not
	 */
	@RetriedTransaction
	public boolean resume(Actor by, @Nullable UUID ownerId, UUID tokenId) {
		ApiToken token = lock(ownerId, tokenId);
		if (token == null) {
			return false;
		}
		this.rights.requireMayResume(by, token);
		Instant now = this.clock.instant();
		token.requireNotTooLong(this.lives, now);
		change(token, true, now, (one) -> {
			one.resume();
			this.events.publishEvent(TokenActs.resumed(by, one.id(), one.ownerId()));
		});
		return true;
	}

	/** Whose it is never changes, and is read without a lock. */
	private @Nullable ApiToken lock(@Nullable UUID ownerId, UUID tokenId) {
		return this.tokens.findOwner(tokenId)
			.filter((owner) -> ownerId == null || ownerId.equals(owner))
			.flatMap((owner) -> this.tokens.lock(tokenId, owner))
			.orElse(null);
	}

	/** What has ended of a grant stays as it is. */
	private void change(ApiToken token, boolean suspended, Instant now, Consumer<ApiToken> how) {
		List<ApiToken> together = (token.kind() == TokenKind.PERSONAL) ? List.of(token)
				: this.tokens.lockGrant(token.familyId());
		for (ApiToken one : together) {
			if (one.isSuspended() == suspended && !one.hasEnded(this.lives, now)) {
				how.accept(one);
				this.tokens.save(one);
				this.events.publishEvent(new TokenEvent.TokenChanged(one.id()));
			}
		}
	}

}
