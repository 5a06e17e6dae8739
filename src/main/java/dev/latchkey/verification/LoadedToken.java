package dev.latchkey.verification;

import java.time.Duration;
import java.time.Instant;

import dev.latchkey.token.Lifetime;
import dev.latchkey.token.TokenState;
import org.jspecify.annotations.Nullable;

/**
 * What the database said of a token at a moment, and when it was used here since.
 */
final class LoadedToken {

	private static final Duration ONCE_IN = Duration.ofMinutes(1);

	private final StoredToken stored;

	private final long moment;

	/**
	 * Read and written without a lock: an instant is immutable, and of two uses at the
	 * same time it does not matter which one stays.
	 */
	private @Nullable Instant lastUse;

	private @Nullable Instant noted;

	LoadedToken(StoredToken stored, long moment) {
		this.stored = stored;
		this.moment = moment;
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
	boolean use(Instant now) {
		this.lastUse = now;
		return isDue(now) && isFirstToNote(now);
	}

	private synchronized boolean isFirstToNote(Instant now) {
		boolean due = isDue(now);
		this.noted = due ? now : this.noted;
		return due;
	}

	private boolean isDue(Instant now) {
		Instant last = this.noted;
		return last == null || !now.isBefore(last.plus(ONCE_IN));
	}

}
