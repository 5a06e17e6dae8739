package dev.latchkey.verification;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What many who verify, issue and revoke at once have seen, and whether it may be: no use
 * that begins after a revocation was answered is accepted where it was answered, nor
 * later than the longest staleness elsewhere.
 */
final class History {

	private static final Logger log = LoggerFactory.getLogger(History.class);

	/** Enough for a token to be tried for some seconds after its end. */
	private static final int PLACES = 256;

	/** A server that ends next to nothing for so long is ill, not busy. */
	private static final Duration PATIENCE = Duration.ofMinutes(5);

	/** As likely to be tried as all others together: the races are about these. */
	private static final int YOUNG = 8;

	private final long staleness;

	private final AtomicReferenceArray<Life> lives = new AtomicReferenceArray<>(PLACES);

	private final AtomicInteger begun = new AtomicInteger();

	private final LongAdder accepted = new LongAdder();

	private final Map<String, LongAdder> ends = new ConcurrentHashMap<>();

	private final LongAccumulator worst = new LongAccumulator(Math::max, 0);

	private final Queue<String> violations = new ConcurrentLinkedQueue<>();

	History(Duration staleness) {
		this.staleness = staleness.toNanos();
	}

	/**
	 * Repeats each step in a thread of its own until the time is over and enough has
	 * ended, however busy the machine is; the property {@code history.length} makes it
	 * another time, {@code PT1H} for example.
	 */
	void run(Duration length, int wantedEnds, Collection<Step> steps) throws InterruptedException {
		long start = System.nanoTime();
		Duration atLeast = Duration.parse(System.getProperty("history.length", length.toString()));
		List<Callable<Void>> actors = new ArrayList<>();
		for (Step step : steps) {
			actors.add(() -> {
				while (!isOver(System.nanoTime() - start, atLeast, wantedEnds)) {
					step.take();
				}
				return null;
			});
		}
		ExecutorService threads = Executors.newFixedThreadPool(actors.size());
		try {
			for (Future<Void> actor : threads.invokeAll(actors)) {
				actor.get();
			}
		}
		catch (ExecutionException ex) {
			throw new AssertionError(ex.getCause());
		}
		finally {
			threads.shutdownNow();
		}
		log.info("{} uses were accepted; ends: {}; the latest that was accepted elsewhere began {} after the answer",
				this.accepted, this.ends, worst());
	}

	private boolean isOver(long nanos, Duration atLeast, int wantedEnds) {
		return nanos >= atLeast.toNanos() && (endsInAll() >= wantedEnds || nanos >= atLeast.plus(PATIENCE).toNanos());
	}

	/**
	 * Lets a token be tried, and holds up who made it for a moment, to be met by uses.
	 */
	Life begin(String token, String end, Object node) {
		Life life = new Life(token, end, node);
		this.lives.set(this.begun.getAndIncrement() % PLACES, life);
		pause(Duration.ofMillis(40));
		return life;
	}

	/** Takes note that the answer to the token's end is there. */
	void ended(Life life) {
		life.answeredAt = System.nanoTime();
		life.answered = true;
		this.ends.computeIfAbsent(life.end, (end) -> new LongAdder()).increment();
	}

	/** Tries one of the tokens. */
	void use(Object node, Use use) throws Exception {
		int back = 1 + ThreadLocalRandom.current().nextInt(ThreadLocalRandom.current().nextBoolean() ? YOUNG : PLACES);
		Life life = this.lives.get(Math.floorMod(this.begun.get() - back, PLACES));
		if (life == null) {
			Thread.onSpinWait();
			return;
		}
		boolean dead = life.answered;
		long begin = System.nanoTime();
		if (!use.isAccepted(life.token)) {
			return;
		}
		this.accepted.increment();
		long late = begin - life.answeredAt;
		if (dead && (node.equals(life.node) || late > this.staleness)) {
			this.violations.add("accepted %s after the answer to: %s, by %s, at %s".formatted(Duration.ofNanos(late),
					life.end, life.node, node));
		}
		else if (dead) {
			this.worst.accumulate(late);
		}
	}

	Queue<String> violations() {
		return this.violations;
	}

	/** How often each kind of end was answered. */
	Map<String, LongAdder> ends() {
		return this.ends;
	}

	long endsInAll() {
		return this.ends.values().stream().mapToLong(LongAdder::sum).sum();
	}

	private Duration worst() {
		return Duration.ofNanos(this.worst.get());
	}

	/** Random, so that each time another thing comes in between. */
	static void pause(Duration atMost) {
		LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(atMost.toNanos()));
	}

	/** What an actor does again and again. */
	@FunctionalInterface
	interface Step {

		void take() throws Exception;

	}

	/** How a token is tried. */
	@FunctionalInterface
	interface Use {

		boolean isAccepted(String token) throws Exception;

	}

	/** A token from its making to the answer that ended it, and where that was given. */
	static final class Life {

		private final String token;

		private final String end;

		private final Object node;

		private long answeredAt;

		/** Written after the time and read before it. */
		private volatile boolean answered;

		private Life(String token, String end, Object node) {
			this.token = token;
			this.end = end;
			this.node = node;
		}

	}

}
