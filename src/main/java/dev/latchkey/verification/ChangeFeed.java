package dev.latchkey.verification;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * What this node has heard of changes, for others to follow: the marks of the last
 * seconds in the order in which they were heard, and between them the proofs that all has
 * been heard ({@code docs/remote-verification.md}).
 * <p>
 * The listening thread alone adds to it. A proof is added when the heartbeat has come
 * back that was sent for it, so that whatever was committed before that stands before it
 * here. Who follows keeps a position and no queue, so that a slow one costs nothing; one
 * that has fallen far behind is told that everything has changed, once.
 */
@Component
public class ChangeFeed {

	/** How many marks one may be behind. */
	static final int LAG = 1024;

	/** How many marks are kept at the most. */
	private static final int KEPT = 1 << 14;

	/** How far back a new follower is told of. */
	private static final long REACH = TimeUnit.SECONDS.toNanos(15);

	private static final int EVERYTHING = -1;

	private static final long MILLISECOND = 1_000_000;

	/** What stands in the feed are milliseconds since then. */
	private static final long ORIGIN = System.nanoTime() - TimeUnit.MINUTES.toNanos(1);

	private final ListenerPulse pulse;

	private final int[] places = new int[KEPT];

	private final long[] times = new long[KEPT];

	/** How many marks there ever were. */
	private long heard;

	/** Since when all have been heard, and are kept. */
	private long since;

	private long proven;

	/** How many proofs there ever were. */
	private long proofs;

	/** Which connection is listened on; it is another one after each loss. */
	private long connection;

	private boolean hearing;

	private volatile Runnable news = () -> {
	};

	ChangeFeed(ListenerPulse pulse) {
		this.pulse = pulse;
	}

	/**
	 * Has somebody told when there is something new. It must not take long.
	 */
	public void onNews(Runnable listener) {
		this.news = listener;
	}

	/**
	 * Takes note that from now on everything is heard; that it is, is not proven yet.
	 * @return which connection that is
	 */
	synchronized long listening() {
		this.connection++;
		this.hearing = false;
		this.since = System.nanoTime();
		return this.connection;
	}

	void mark(UUID id) {
		add(Invalidations.place(id));
	}

	void markAll() {
		add(EVERYTHING);
	}

	private void add(int place) {
		synchronized (this) {
			int next = (int) (this.heard % KEPT);
			if (this.heard >= KEPT) {
				this.since = Math.max(this.since, this.times[next] + 1);
			}
			this.places[next] = place;
			this.times[next] = System.nanoTime();
			this.heard++;
		}
		this.news.run();
	}

	/**
	 * Takes note that everything committed before that time has been heard; a connection
	 * that was lost proves nothing.
	 */
	void proven(long by, long sentAt) {
		synchronized (this) {
			if (by != this.connection || (this.hearing && this.proven == sentAt)) {
				return;
			}
			this.proven = sentAt;
			this.proofs++;
			this.hearing = true;
		}
		this.news.run();
	}

	/** Takes note that nothing is heard by that connection any more. */
	void lost(long which) {
		synchronized (this) {
			if (which != this.connection) {
				return;
			}
		}
		lost();
	}

	/** Takes note that from now on nothing is heard. */
	void lost() {
		synchronized (this) {
			this.connection++;
			this.hearing = false;
		}
		this.news.run();
	}

	/**
	 * Begins to follow; empty where this node cannot say that it hears of everything.
	 */
	public synchronized Optional<Start> start() {
		long now = System.nanoTime();
		if (!this.hearing || !this.pulse.isFreshAt(now)) {
			return Optional.empty();
		}
		long from = Math.max(this.since, now - REACH);
		long position = this.heard;
		while (position > Math.max(0, this.heard - KEPT) && this.times[(int) ((position - 1) % KEPT)] >= from) {
			position--;
		}
		return Optional.of(new Start(new Position(this.connection, position, 0),
				Math.floorDiv(now - ORIGIN, MILLISECOND), -Math.floorDiv(ORIGIN - from, MILLISECOND)));
	}

	/**
	 * Returns whether a position is on a connection that was lost, so that nothing
	 * follows it any more.
	 */
	public synchronized boolean isOver(Position position) {
		return position.connection() != this.connection;
	}

	/**
	 * Returns what came after a position; empty where it is over.
	 */
	public synchronized Optional<News> after(Position position) {
		if (isOver(position)) {
			return Optional.empty();
		}
		Position next = new Position(this.connection, this.heard, this.proofs);
		// Rounded down and once more: no time that is taken off from it is too long.
		Long proof = (this.hearing && this.proofs > position.proofs())
				? Math.floorDiv(this.proven - ORIGIN, MILLISECOND) - 1 : null;
		if (this.heard - position.heard() > LAG) {
			return Optional.of(new News(next, List.of(), true, proof));
		}
		List<Integer> marks = new ArrayList<>();
		for (long i = position.heard(); i < this.heard; i++) {
			marks.add(this.places[(int) (i % KEPT)]);
		}
		boolean everything = marks.contains(EVERYTHING);
		return Optional.of(new News(next, everything ? List.of() : marks, everything, proof));
	}

	/**
	 * How far somebody has followed.
	 *
	 * @param connection on which connection of the listener
	 * @param heard how many marks
	 * @param proofs how many proofs
	 */
	public record Position(long connection, long heard, long proofs) {

	}

	/**
	 * Where somebody begins to follow. Times are milliseconds of this node's monotonic
	 * clock.
	 *
	 * @param position before the first mark that was heard since then
	 * @param now the time, rounded down
	 * @param since from when on all marks stand behind the position, rounded up
	 */
	public record Start(Position position, long now, long since) {

	}

	/**
	 * What came.
	 *
	 * @param next the position behind it
	 * @param places what has changed
	 * @param everything whether anything may have changed
	 * @param proven whatever was committed before that time stands before this position,
	 * in milliseconds of this node's monotonic clock, rounded down; null if that is known
	 */
	public record News(Position next, List<Integer> places, boolean everything, @Nullable Long proven) {

		/**
		 * Returns whether nothing came.
		 */
		public boolean isNone() {
			return !this.everything && this.places.isEmpty() && this.proven == null;
		}

	}

}
