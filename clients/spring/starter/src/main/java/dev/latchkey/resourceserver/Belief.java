package dev.latchkey.resourceserver;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLongArray;

import org.jspecify.annotations.Nullable;

/**
 * What is known of changes, and up to when: decides whether a kept answer still holds.
 * One thread tells it what the stream says; any number of threads ask.
 * <p>
 * Why it holds: an answer that was read before a change was noted before it. Were the
 * proof younger than the change, the change's mark would be in force, with a number above
 * the noted one. So the proof is older, and no older than may be.
 */
class Belief {

	/** Marks have numbers below this one. */
	static final int PLACES = 1 << 15;

	/** No two clocks of machines differ by more in their pace. */
	private static final double DRIFT = 0.001;

	private static final long NANOS = 1_000_000;

	/** Of the wall clock, which is set right by little now and then. */
	private static final long WALL_TOLERANCE = 1_000;

	private final Clocks clocks;

	private final long maxStaleness;

	private final AtomicLongArray marks = new AtomicLongArray(PLACES);

	/** Written by the thread that follows, alone. */
	private volatile long moment;

	private volatile long all;

	private volatile String rules = "";

	private volatile @Nullable Proof proof;

	Belief(Clocks clocks, Duration maxStaleness) {
		this.clocks = clocks;
		this.maxStaleness = maxStaleness.toNanos();
	}

	/**
	 * Returns how many marks there were: to be noted before a question is sent.
	 */
	long moment() {
		return this.moment;
	}

	/**
	 * Begins to connect; to be called before the first packet.
	 */
	Connection connect() {
		return new Connection(this.clocks.nanos(), this.clocks.millis());
	}

	/**
	 * Returns whether an answer may be believed now. The proof is read first and the
	 * clocks last, so that whatever takes its time between makes it refuse.
	 */
	boolean holds(KeptAnswer answer) {
		Proof proven = this.proof;
		if (proven == null || isMarked(answer)) {
			return false;
		}
		long nanos = this.clocks.nanos();
		long millis = this.clocks.millis();
		return isYoung(proven, nanos, millis) && isInTime(answer, nanos, millis);
	}

	/**
	 * Returns whether an answer will not be believed any more, whatever is heard: one
	 * that holds again once there is a proof is none of these.
	 */
	boolean isOver(KeptAnswer answer) {
		return isMarked(answer) || !isInTime(answer, this.clocks.nanos(), this.clocks.millis());
	}

	private boolean isMarked(KeptAnswer answer) {
		if (answer.noted() < this.all || !answer.rules().equals(this.rules)) {
			return true;
		}
		for (int place : answer.places()) {
			if (this.marks.get(place) > answer.noted()) {
				return true;
			}
		}
		return false;
	}

	private static boolean isInTime(KeptAnswer answer, long nanos, long millis) {
		return nanos - answer.deadline() < 0 && millis < answer.wallDeadline();
	}

	private boolean isYoung(Proof proven, long nanos, long millis) {
		return nanos - proven.nanos() <= this.maxStaleness
				&& millis - proven.millis() <= this.maxStaleness / NANOS + WALL_TOLERANCE;
	}

	/**
	 * Returns how old the proof is, or null while there is none that is young enough.
	 */
	@Nullable Duration age() {
		Proof proven = this.proof;
		long nanos = this.clocks.nanos();
		return (proven != null && isYoung(proven, nanos, this.clocks.millis()))
				? Duration.ofNanos(Math.max(0, nanos - proven.nanos())) : null;
	}

	/**
	 * Returns the time of what was committed before it and is in force here.
	 * @param connection the stream that tells it
	 * @param stamp when it was so, by the node's clock
	 */
	Proof proof(Connection connection, long stamp) {
		double elapsed = (double) stamp - connection.hello;
		// Both ways it is earlier than the truth.
		double shortest = elapsed * ((elapsed < 0) ? 1 + DRIFT : 1 - DRIFT);
		return new Proof(connection.nanos + (long) Math.floor(shortest * NANOS),
				connection.millis + (long) Math.floor(shortest));
	}

	/** A time by both clocks. */
	record Proof(long nanos, long millis) {

	}

	/** One stream, from before it was opened. */
	final class Connection {

		private final long nanos;

		private final long millis;

		private long hello;

		private boolean begun;

		private boolean proven;

		private Connection(long nanos, long millis) {
			this.nanos = nanos;
			this.millis = millis;
		}

		/**
		 * Hears the first event: what the node's clock says, since when the node has
		 * heard everything, and by which rules it answers. Where that does not reach back
		 * to the last proof, by either clock, everything is forgotten.
		 */
		void hello(long now, long since, String nodesRules) throws UnreadableAnswerException {
			if (this.begun || since > now) {
				throw new UnreadableAnswerException("A hello that cannot be");
			}
			this.begun = true;
			this.hello = now;
			double heard = ((double) now - since) * (1 - DRIFT);
			long nanosSince = Belief.this.clocks.nanos() - (long) (heard * NANOS);
			long millisSince = Belief.this.clocks.millis() - (long) heard;
			Proof last = Belief.this.proof;
			if (last == null || nanosSince - last.nanos() > 0 || millisSince > last.millis()
					|| !nodesRules.equals(Belief.this.rules)) {
				markAll();
				Belief.this.rules = nodesRules;
			}
		}

		/** Hears that these places have changed. */
		void mark(int[] places) throws UnreadableAnswerException {
			requireHello();
			for (int place : places) {
				if (place < 0 || place >= PLACES) {
					markAll();
					return;
				}
				long next = next();
				Belief.this.marks.set(place, next);
			}
		}

		/** Hears that anything may have changed. */
		void markEverything() throws UnreadableAnswerException {
			requireHello();
			markAll();
		}

		/**
		 * Hears that all above is all that was committed before that.
		 * @return whether the stream is of use; it is not where a clock was set or the
		 * machine slept, and then another one has to be opened
		 */
		boolean beat(long stamp) throws UnreadableAnswerException {
			requireHello();
			long nanosNow = Belief.this.clocks.nanos();
			long apart = Belief.this.clocks.millis() - this.millis - (nanosNow - this.nanos) / NANOS;
			Proof next = proof(this, stamp);
			if (Math.abs(apart) > WALL_TOLERANCE || next.nanos() - nanosNow > 0) {
				return false;
			}
			Proof last = Belief.this.proof;
			if (last == null || next.nanos() - last.nanos() > 0) {
				Belief.this.proof = next;
			}
			this.proven = true;
			return true;
		}

		/** Returns whether a proof came by it. */
		boolean hasProven() {
			return this.proven;
		}

		private void requireHello() throws UnreadableAnswerException {
			if (!this.begun) {
				throw new UnreadableAnswerException("The first event was no hello");
			}
		}

		private void markAll() {
			Belief.this.all = next();
		}

		/** Whoever notes the number before the mark is in force asks once too often. */
		private long next() {
			long next = Belief.this.moment + 1;
			Belief.this.moment = next;
			return next;
		}

	}

}
