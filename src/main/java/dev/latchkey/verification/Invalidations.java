package dev.latchkey.verification;

import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

import org.springframework.stereotype.Component;

/**
 * Says of anything that was loaded from the database whether it may still be true.
 * <p>
 * Moments are counted, not timed. A load notes the moment <em>before</em> it asks the
 * database; a change, once it is committed, makes a new moment and leaves it at the id
 * that it concerns. What was loaded may be believed as long as no later moment stands at
 * its ids. Nothing is taken out of the cache, so there is no gap between looking and
 * taking out, and it does not matter when the loaded token gets into the cache:
 *
 * <pre>
 *   load     change
 *   m := 7
 *   query            sees the token as it was
 *            commit
 *            mark(id) := 8
 *            answer
 *   put(7)           after the answer, which would be too late for any removal
 *   hit: 8 &gt; 7       not believed, loaded anew
 * </pre>
 *
 * Had the query come after the commit, it would have seen the change, whichever moment it
 * noted. Between counting up and leaving the mark nothing can go wrong either: a load
 * that notes the new moment there asks after the commit.
 * <p>
 * Whoever has found a token unreached leaves with it how many changes had left their
 * marks until then. As long as there are no more of them, that need not be looked up
 * again.
 * <p>
 * Ids share a fixed number of places. Two ids at one place cost one load too many now and
 * then, never a wrong answer; memory does not grow with what is invalidated, and a
 * revocation costs the same whatever is cached.
 */
@Component
class Invalidations {

	/** Which function says what has which place. */
	static final int PLACES_VERSION = 1;

	private static final int PLACES = 1 << 15;

	private final AtomicLong moment = new AtomicLong();

	private final AtomicLongArray marks = new AtomicLongArray(PLACES);

	private volatile long everything;

	/** How many changes have left their mark; counted up last, before anybody is told. */
	private final AtomicLong settled = new AtomicLong();

	/**
	 * Returns the moment to note before a load asks the database.
	 */
	long moment() {
		return this.moment.get();
	}

	/**
	 * Says that a token or an account has changed; the change must be committed.
	 */
	void mark(UUID id) {
		this.marks.accumulateAndGet(place(id), this.moment.incrementAndGet(), Math::max);
		this.settled.incrementAndGet();
	}

	/**
	 * Says that anything may have changed.
	 */
	synchronized void markAll() {
		this.everything = this.moment.incrementAndGet();
		this.settled.incrementAndGet();
	}

	/**
	 * Returns whether what was loaded at that moment may have changed since.
	 */
	boolean haveReached(LoadedToken loaded) {
		// Noted before the marks are read, so that all that it counts are seen.
		long settled = this.settled.get();
		if (loaded.isUnreachedSince(settled)) {
			return false;
		}
		boolean reached = haveReached(loaded.stored().tokenId(), loaded.moment())
				|| haveReached(loaded.stored().ownerId(), loaded.moment());
		if (!reached) {
			loaded.unreachedAt(settled);
		}
		return reached;
	}

	/**
	 * Returns whether a row that was loaded at that moment may have changed since.
	 */
	boolean haveReached(UUID id, long moment) {
		return this.everything > moment || this.marks.get(place(id)) > moment;
	}

	/**
	 * Returns the place of an id. Other nodes and their clients compare places, so that
	 * another function is another version of {@link #PLACES_VERSION}.
	 */
	static int place(UUID id) {
		long halves = id.getMostSignificantBits() ^ id.getLeastSignificantBits();
		int hash = ((int) (halves >> Integer.SIZE) ^ (int) halves) * 0x9E3779B9;
		return hash >>> (Integer.SIZE - 15);
	}

}
