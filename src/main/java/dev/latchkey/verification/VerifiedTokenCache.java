package dev.latchkey.verification;

import java.util.concurrent.atomic.LongAdder;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.latchkey.token.TokenDigest;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Remembers tokens that were loaded, and hands one out only while it is certain that no
 * revocation can have been missed.
 * <p>
 * Four questions stand before each hit, in this order:
 * <ol>
 * <li>Are changes still heard ({@link ListenerPulse})? If not for longer than
 * {@code latchkey.cache.max-staleness}, nothing here is believed.
 * <li>Has what was loaded been changed since ({@link Invalidations}, where the races are
 * drawn out)? This comes second, so that it sees every change that the proof stands for.
 * <li>Was the database asked long ago? Rows change in silence while triggers are off (a
 * restore, replication). Shortly before {@code latchkey.cache.max-age} is over the first
 * who comes asks again for all, and after it everybody does.
 * <li>What does the time say? That is the verifier's question; it is asked anew for each
 * request.
 * </ol>
 * Unknown tokens are not remembered: whoever sends them can invent as many as there is
 * memory.
 */
@Component
class VerifiedTokenCache {

	/** Of the longest age, the part after which one asks again. */
	private static final double RENEWED_AFTER = 0.9;

	private final boolean enabled;

	private final long maxAge;

	private final long renewAge;

	private final Cache<TokenDigest, LoadedToken> tokens;

	private final ListenerPulse pulse;

	private final Invalidations invalidations;

	private final LongAdder hits = new LongAdder();

	private final LongAdder misses = new LongAdder();

	VerifiedTokenCache(CacheProperties properties, ListenerPulse pulse, Invalidations invalidations) {
		this.enabled = properties.enabled();
		this.maxAge = properties.maxAge().toNanos();
		this.renewAge = (long) (RENEWED_AFTER * this.maxAge);
		this.tokens = Caffeine.newBuilder().maximumSize(properties.entries()).executor(Runnable::run).build();
		this.pulse = pulse;
		this.invalidations = invalidations;
	}

	/**
	 * Returns the token if it is remembered and certain to be as it is remembered, else
	 * null.
	 */
	@Nullable LoadedToken find(TokenDigest digest) {
		long now = System.nanoTime();
		if (this.enabled && this.pulse.isFreshAt(now)) {
			LoadedToken token = this.tokens.getIfPresent(digest);
			if (token != null && !this.invalidations.haveReached(token) && isYoung(token, now)) {
				this.hits.increment();
				return token;
			}
		}
		this.misses.increment();
		return null;
	}

	/** Nearly always one comparison. */
	private boolean isYoung(LoadedToken token, long now) {
		long age = now - token.askedAt();
		return age <= this.renewAge || (age <= this.maxAge && !token.isFirstToRenew());
	}

	/**
	 * Remembers a token.
	 */
	void put(TokenDigest digest, LoadedToken token) {
		if (this.enabled) {
			this.tokens.put(digest, token);
		}
	}

	long size() {
		return this.tokens.estimatedSize();
	}

	long hits() {
		return this.hits.sum();
	}

	long misses() {
		return this.misses.sum();
	}

}
