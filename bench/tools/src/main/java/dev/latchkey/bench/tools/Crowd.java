package dev.latchkey.bench.tools;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Many who use, issue and revoke at every node at once, and note in the {@link Ledger}
 * what they were answered. They go on while nothing answers.
 */
final class Crowd {

	private static final int USERS_A_NODE = 2;

	private static final int KEPT = 40;

	private static final int STEADY = 20;

	private static final Pattern RAW = Pattern.compile("\"token\":\"([^\"]+)\"");

	private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]+)\"");

	private final Ledger ledger;

	private final String admin;

	private final int[] ports;

	private final List<AtomicInteger> streaks = new ArrayList<>();

	private final List<Thread> threads = new ArrayList<>();

	private volatile boolean over;

	Crowd(Ledger ledger, String admin, int[] ports) {
		this.ledger = ledger;
		this.admin = admin;
		this.ports = ports;
	}

	void start(Random seeds) {
		for (int node = 0; node < this.ports.length; node++) {
			for (int i = 0; i < USERS_A_NODE; i++) {
				add(node, seeds, 12, this::use);
			}
			add(node, seeds, 100, this::issue);
			add(node, seeds, 120, this::end);
		}
	}

	void stop() throws Exception {
		this.over = true;
		for (Thread thread : this.threads) {
			thread.join();
		}
		Failures.rethrow();
	}

	/** Waits until everybody has been answered some times in a row. */
	boolean isSteadyWithin(long seconds) throws InterruptedException {
		this.streaks.forEach((streak) -> streak.set(0));
		long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
		while (this.streaks.stream().anyMatch((streak) -> streak.get() < STEADY)) {
			if (System.nanoTime() - deadline > 0 || !Failures.none()) {
				return false;
			}
			Thread.sleep(10);
		}
		return true;
	}

	private void add(int node, Random seeds, int atMostMillis, Act act) {
		Random random = new Random(seeds.nextLong());
		AtomicInteger streak = new AtomicInteger();
		this.streaks.add(streak);
		this.threads.add(Failures.start(() -> {
			try (Http http = new Http(this.ports[node])) {
				while (!this.over) {
					boolean answered = isAnswered(act, http, node, random);
					streak.updateAndGet((before) -> answered ? before + 1 : 0);
					pause(random, answered ? atMostMillis : 100);
				}
			}
		}));
	}

	private boolean isAnswered(Act act, Http http, int node, Random random) {
		boolean answered;
		this.ledger.counts().requests().increment();
		try {
			answered = act.isAnswered(http, node, random);
		}
		catch (IOException ex) {
			this.ledger.counts().unanswered().increment();
			answered = false;
		}
		if (!answered) {
			this.ledger.counts().lastFailureAt().accumulate(System.nanoTime());
		}
		return answered;
	}

	private boolean use(Http http, int node, Random random) throws IOException {
		Ledger.Promise promise = this.ledger.any(random);
		if (promise == null) {
			return true;
		}
		boolean dead = promise.isDead();
		long begin = System.nanoTime();
		return this.ledger.used(promise, node, begin, dead, http.get("/api/user", promise.raw()));
	}

	private boolean issue(Http http, int node, Random random) throws IOException {
		Http.Answer answer = http.send("POST", "/api/tokens", this.admin,
				"{\"name\":\"of node " + node + "\",\"scopes\":[\"user:read\"]}");
		if (answer.status() == 201) {
			this.ledger.issued(found(RAW, answer.body()), found(ID, answer.body()));
			this.ledger.counts().issued().increment();
			return true;
		}
		return isJudged("issuing", answer.status());
	}

	private boolean end(Http http, int node, Random random) throws IOException {
		Ledger.Promise promise = this.ledger.toEnd(random, KEPT);
		if (promise == null) {
			return true;
		}
		Http.Answer answer = switch (random.nextInt(3)) {
			case 0 -> http.send("DELETE", "/api/tokens/" + promise.id(), this.admin, null);
			case 1 -> http.send("DELETE", "/api/tokens/current", promise.raw(), null);
			default -> http.send("POST", "/api/tokens/revoke", null, "{\"tokens\":[\"" + promise.raw() + "\"]}");
		};
		if (answer.status() / 100 == 2) {
			this.ledger.ended(promise, node);
			this.ledger.counts().ended().increment();
			return true;
		}
		return isJudged("revoking", answer.status());
	}

	/** Whoever issues and revokes has a good token, too. */
	private boolean isJudged(String what, int status) {
		if (status == 503) {
			this.ledger.counts().undecided().increment();
		}
		else if (status / 100 == 4) {
			this.ledger.counts().refusedThoughGood().increment();
			System.err.printf("  REFUSED %s with %d%n", what, status);
		}
		else {
			this.ledger.failed(what, status);
		}
		return false;
	}

	private static void pause(Random random, int atMostMillis) {
		LockSupport.parkNanos(random.nextLong(TimeUnit.MILLISECONDS.toNanos(atMostMillis)));
	}

	private static String found(Pattern pattern, String body) {
		Matcher matcher = pattern.matcher(body);
		if (!matcher.find()) {
			throw new IllegalStateException("An answer without " + pattern);
		}
		return matcher.group(1);
	}

	/** What somebody does again and again. */
	private interface Act {

		boolean isAnswered(Http http, int node, Random random) throws IOException;

	}

}
