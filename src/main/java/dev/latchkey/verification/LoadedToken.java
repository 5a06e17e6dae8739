package dev.latchkey.verification;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;

import dev.latchkey.net.IpAddress;
import dev.latchkey.token.Lifetime;
import dev.latchkey.token.TokenState;
import org.jspecify.annotations.Nullable;

/**
 * What the database said of a token at a moment, and when it was used here since.
 */
final class LoadedToken {

	private static final Duration ONCE_IN = Duration.ofMinutes(1);

	/**
	 * With its last use as the database has it in a moment, once a use is noted: whoever
	 * was just admitted was seen within the minute.
	 */
	private StoredToken stored;

	private final long moment;

	private final long askedAt;

	/**
	 * Read and written without a lock: an instant is immutable, and of two uses at the
	 * same time it does not matter which one stays.
	 */
	private @Nullable Instant lastUse;

	/** The use that is written, or is about to be, or null. */
	private @Nullable Instant noted;

	/** As {@link Invalidations} has found it last, or that it has not yet. */
	private volatile long unreachedAt = -1;

	/** Read without a lock first; whoever sees an older value looks again with it. */
	private boolean renewed;

	LoadedToken(StoredToken stored, long moment, long askedAt) {
		this.stored = stored;
		this.moment = moment;
		this.askedAt = askedAt;
		this.lastUse = stored.times().lastUsedAt();
		this.noted = this.lastUse;
	}

	StoredToken stored() {
		return this.stored;
	}

	/** The moment of {@link Invalidations} before the database was asked. */
	long moment() {
		return this.moment;
	}

	/** When that was, by the machine's monotonic clock. */
	long askedAt() {
		return this.askedAt;
	}

	/**
	 * Returns whether no change had reached it when so many had left their marks.
	 */
	boolean isUnreachedSince(long changes) {
		return this.unreachedAt == changes;
	}

	void unreachedAt(long changes) {
		this.unreachedAt = changes;
	}

	/**
	 * Returns whether nobody was told so before: whoever is loads the token anew, and the
	 * others go on with this one meanwhile.
	 */
	boolean isFirstToRenew() {
		return !this.renewed && claimRenewal();
	}

	private synchronized boolean claimRenewal() {
		boolean first = !this.renewed;
		this.renewed = true;
		return first;
	}

	TokenRefusedException refusal(RefusalReason reason) {
		return new TokenRefusedException(reason, this.stored.tokenId(), this.stored.ownerId());
	}

	/**
	 * Returns the state now, uses of which the database does not know yet included.
	 */
	TokenState stateAt(Instant now, Lifetime idle) {
		TokenState state = this.stored.times().stateAt(now, idle);
		return (state == TokenState.IDLE_EXPIRED) ? this.stored.times().usedAt(this.lastUse).stateAt(now, idle) : state;
	}

	/**
	 * Remembers a use.
	 * @return whether it is to be written: once in a minute
	 */
	boolean use(Instant now, @Nullable InetAddress address) {
		this.lastUse = now;
		return isDue(now) && isFirstToNote(now, address);
	}

	private synchronized boolean isFirstToNote(Instant now, @Nullable InetAddress address) {
		boolean due = isDue(now);
		if (due) {
			this.noted = now;
			this.stored = this.stored.usedAt(now, (address != null) ? IpAddress.text(address) : null);
		}
		return due;
	}

	private boolean isDue(Instant now) {
		Instant last = this.noted;
		return last == null || !now.isBefore(last.plus(ONCE_IN));
	}

}
