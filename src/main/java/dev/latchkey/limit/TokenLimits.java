package dev.latchkey.limit;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.LongAdder;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.latchkey.limit.TokenAllowance.Own;
import dev.latchkey.value.HeapRoom;
import io.github.bucket4j.TimeMeter;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Counts the uses of good tokens on this node, minute by minute: a token's first use
 * begins one.
 */
@Component
public class TokenLimits {

	private static final Duration WINDOW = Duration.ofMinutes(1);

	private static final long WINDOW_NANOS = WINDOW.toNanos();

	/**
	 * Only good tokens have one, and of too many those go that are used least. Some 100
	 * bytes each.
	 */
	private static final int ROOM = HeapRoom.entries(100_000, 4_000);

	/**
	 * What lies unused for a minute is full again, so that nothing is lost with it. It is
	 * tended to by whoever reads it, which is less work than to wake a thread for it.
	 */
	private final Cache<UUID, Counter> counters;

	private final LimitProperties properties;

	private final TimeMeter time;

	/** Nearly all have it: one text and one description of the limit do for them. */
	private final Quota usual;

	private final LongAdder exceeded = new LongAdder();

	TokenLimits(LimitProperties properties, TimeMeter time) {
		this.properties = properties;
		this.time = time;
		this.usual = Quota.of(properties.token());
		this.counters = Caffeine.newBuilder()
			.maximumSize(ROOM)
			.expireAfterAccess(WINDOW)
			.ticker(time::currentTimeNanos)
			.executor(Runnable::run)
			.build();
	}

	/**
	 * Returns whether uses are counted at all.
	 */
	public boolean areOn() {
		return this.properties.enabled();
	}

	/**
	 * Counts a use.
	 * @return what is left, or null where nothing is counted
	 * @throws TokenLimitedException if it is one too many, and then it is not counted
	 */
	public @Nullable RateLimit count(TokenAllowance allowance, UsePlace place) {
		if (!this.properties.enabled()) {
			return null;
		}
		if (!allowance.own().isEmpty()) {
			return countAll(allowance.own());
		}
		return (place == UsePlace.HERE) ? take(counter(allowance.familyId(), this.properties.token())) : null;
	}

	/** Of several limits the narrowest is told. */
	private RateLimit countAll(List<Own> limits) {
		RateLimit narrowest = null;
		for (int i = 0; i < limits.size(); i++) {
			try {
				RateLimit left = take(counter(limits.get(i)));
				narrowest = (narrowest == null || left.remaining() < narrowest.remaining()) ? left : narrowest;
			}
			catch (TokenLimitedException ex) {
				limits.subList(0, i).forEach((taken) -> counter(taken).giveBack());
				throw ex;
			}
		}
		return Objects.requireNonNull(narrowest);
	}

	private RateLimit take(Counter counter) {
		try {
			return counter.take(this.time);
		}
		catch (TokenLimitedException ex) {
			this.exceeded.increment();
			throw ex;
		}
	}

	private Counter counter(Own own) {
		return counter(own.familyId(), own.quota());
	}

	/** A limit changes by hand alone, or with the setting. */
	private Counter counter(UUID familyId, int quota) {
		Counter counter = this.counters.getIfPresent(familyId);
		return (counter != null && counter.allows(quota)) ? counter : this.counters.asMap()
			.compute(familyId, (id, known) -> (known != null && known.allows(quota)) ? known : newCounter(quota));
	}

	private Counter newCounter(int uses) {
		return new Counter((uses == this.usual.uses()) ? this.usual : Quota.of(uses), this.time.currentTimeNanos());
	}

	long exceeded() {
		return this.exceeded.sum();
	}

	/**
	 * The uses of one family, minute by minute from when it was made. It lies beside
	 * tokens by the ten thousands, so it is small.
	 */
	private static final class Counter {

		private final Quota quota;

		private long begun;

		private int used;

		Counter(Quota quota, long begun) {
			this.quota = quota;
			this.begun = begun;
		}

		boolean allows(int uses) {
			return this.quota.uses() == uses;
		}

		/** The time is read within, so that it never goes back between two of them. */
		synchronized RateLimit take(TimeMeter time) {
			long past = time.currentTimeNanos() - this.begun;
			if (past >= WINDOW_NANOS) {
				this.begun += past - past % WINDOW_NANOS;
				this.used = 0;
			}
			boolean isLeft = this.used < this.quota.uses();
			this.used += isLeft ? 1 : 0;
			RateLimit left = new RateLimit(this.quota.policy(), this.quota.uses() - this.used,
					seconds(WINDOW_NANOS - past % WINDOW_NANOS));
			if (!isLeft) {
				throw new TokenLimitedException(left);
			}
			return left;
		}

		synchronized void giveBack() {
			this.used = Math.max(0, this.used - 1);
		}

		/** Rounded up: whoever waits so long finds it full. */
		private static long seconds(long nanos) {
			return (nanos + 999_999_999) / 1_000_000_000;
		}

	}

	/** So many uses a minute, and how that is told. */
	private record Quota(int uses, String policy) {

		static Quota of(int uses) {
			return new Quota(uses, RateLimit.policy(uses, WINDOW.toSeconds()));
		}

	}

}
