package dev.latchkey.bench.tools;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;

/**
 * What the nodes have promised and what they made of it: which tokens were acknowledged,
 * which revocations, and what each use of them was answered. A call without an answer, or
 * with 503, has promised nothing.
 */
final class Ledger {

	private static final int YOUNG = 12;

	private final long bound;

	private final List<Promise> promises = new ArrayList<>();

	private Counts counts = new Counts();

	/**
	 * With the nanoseconds for which a node may believe a token that ended at another.
	 */
	Ledger(long bound) {
		this.bound = bound;
	}

	synchronized void begin() {
		this.counts = new Counts();
	}

	synchronized Counts counts() {
		return this.counts;
	}

	synchronized void issued(String raw, String id) {
		this.promises.add(new Promise(raw, id));
	}

	synchronized List<Promise> all() {
		return List.copyOf(this.promises);
	}

	/**
	 * One of all, half of the time one of the latest: the races are about these. Null
	 * where there is none yet.
	 */
	synchronized Promise any(Random random) {
		int size = this.promises.size();
		if (size == 0) {
			return null;
		}
		int back = random.nextInt(random.nextBoolean() ? Math.min(YOUNG, size) : size);
		return this.promises.get(size - 1 - back);
	}

	/** One that nobody else will end; null while there are few. */
	synchronized Promise toEnd(Random random, int keep) {
		List<Promise> good = this.promises.stream().filter((promise) -> !promise.begun).toList();
		if (good.size() <= keep) {
			return null;
		}
		Promise one = good.get(random.nextInt(good.size()));
		one.begun = true;
		return one;
	}

	void ended(Promise promise, int node) {
		promise.node = node;
		promise.answeredAt = System.nanoTime();
		promise.answered = true;
	}

	/**
	 * Judges a use that began when the token was dead, or was not, and was answered.
	 * @return whether it was decided
	 */
	boolean used(Promise promise, int node, long begin, boolean dead, int status) {
		Counts now = counts();
		long late = begin - promise.answeredAt;
		if (status == 200) {
			if (dead && (node == promise.node || late > this.bound)) {
				now.acceptedTooLate.increment();
				System.err.printf("  ACCEPTED %s %.0f ms after its end was answered by node %d, at node %d%n",
						promise.id, late / 1e6, promise.node, node);
			}
			else if (dead) {
				now.latestAccepted.accumulate(late);
			}
			return true;
		}
		if (status == 503) {
			now.undecided.increment();
			return false;
		}
		if (status / 100 == 4) {
			if (!promise.begun) {
				now.refusedThoughGood.increment();
				System.err.printf("  REFUSED %s with %d at node %d%n", promise.id, status, node);
			}
			return true;
		}
		failed("a use", status);
		return false;
	}

	void failed(String what, int status) {
		counts().failed.increment();
		System.err.printf("  %s was answered %d%n", what, status);
	}

	/** A token that was acknowledged, and whether its end was. */
	static final class Promise {

		private final String raw;

		private final String id;

		private volatile boolean begun;

		private int node;

		private long answeredAt;

		/** Written after the time and read before it. */
		private volatile boolean answered;

		private Promise(String raw, String id) {
			this.raw = raw;
			this.id = id;
		}

		String raw() {
			return this.raw;
		}

		String id() {
			return this.id;
		}

		boolean isGood() {
			return !this.begun;
		}

		boolean isDead() {
			return this.answered;
		}

	}

	/** What happened since a fault began. */
	static final class Counts {

		private final LongAdder requests = new LongAdder();

		private final LongAdder issued = new LongAdder();

		private final LongAdder ended = new LongAdder();

		private final LongAdder acceptedTooLate = new LongAdder();

		private final LongAdder refusedThoughGood = new LongAdder();

		private final LongAdder undecided = new LongAdder();

		private final LongAdder unanswered = new LongAdder();

		private final LongAdder failed = new LongAdder();

		private final LongAccumulator latestAccepted = new LongAccumulator(Math::max, 0);

		private final LongAccumulator lastFailureAt = new LongAccumulator(Math::max, Long.MIN_VALUE);

		LongAdder requests() {
			return this.requests;
		}

		LongAdder issued() {
			return this.issued;
		}

		LongAdder ended() {
			return this.ended;
		}

		LongAdder acceptedTooLate() {
			return this.acceptedTooLate;
		}

		LongAdder refusedThoughGood() {
			return this.refusedThoughGood;
		}

		LongAdder undecided() {
			return this.undecided;
		}

		LongAdder unanswered() {
			return this.unanswered;
		}

		LongAdder failed() {
			return this.failed;
		}

		LongAccumulator latestAccepted() {
			return this.latestAccepted;
		}

		LongAccumulator lastFailureAt() {
			return this.lastFailureAt;
		}

	}

}
