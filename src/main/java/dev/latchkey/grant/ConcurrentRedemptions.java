package dev.latchkey.grant;

import java.time.Duration;
import java.util.UUID;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Tells a race from a reuse. Of requests at the same time that present the same code or
 * token, one wins, and the others are only late; what comes after the winner's answer is
 * no race. A request was there at the same time if it saw what it presents unspent, or if
 * it had come in before the winner at this node was done.
 */
@Component
class ConcurrentRedemptions {

	/** Longer than any request lasts. */
	private static final Duration KEPT = Duration.ofMinutes(5);

	private static final int MOST = 10_000;

	private final Cache<UUID, Redemption> made = Caffeine.newBuilder().expireAfterWrite(KEPT).maximumSize(MOST).build();

	/**
	 * Notes that what has this id is redeemed in the transaction that is open. Its answer
	 * leaves only after the transaction has ended.
	 */
	void note(UUID id) {
		Redemption redemption = new Redemption();
		this.made.put(id, redemption);
		TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {

			@Override
			public void afterCompletion(int status) {
				if (status == STATUS_ROLLED_BACK) {
					ConcurrentRedemptions.this.made.asMap().remove(id, redemption);
				}
				redemption.doneAt = System.nanoTime();
			}

		});
	}

	/**
	 * Returns whether an attempt that finds it spent was there at the same time.
	 */
	boolean isRace(UUID id, RedemptionAttempt attempt) {
		Redemption redemption = this.made.getIfPresent(id);
		return attempt.unspent() || (redemption != null && redemption.isDoneAfter(attempt.cameAt()));
	}

	/** What a winner does, which is done at some time. */
	private static final class Redemption {

		private volatile @Nullable Long doneAt;

		private boolean isDoneAfter(long moment) {
			Long done = this.doneAt;
			return done == null || done - moment > 0;
		}

	}

}
