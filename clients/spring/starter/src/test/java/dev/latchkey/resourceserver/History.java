package dev.latchkey.resourceserver;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * One history, in a time of its own: tokens are suspended and resumed, two nodes hear of
 * it after a while, one of them tells the service by a stream that is held back, cut or
 * opened elsewhere, and the service asks whichever node the balancer has chosen. Nodes
 * are started anew, by other rules too, which one token is not good by. The client in it
 * is the real one, but for HTTP.
 */
final class History {

	private static final long END = 120_000;

	private static final long STALENESS = 2_000;

	private static final int TOKENS = 4;

	private static final long RING = 15_000;

	private final PriorityQueue<Step> steps = new PriorityQueue<>();

	private final List<String> violations = new ArrayList<>();

	private final List<Node> nodes = new ArrayList<>();

	private final Map<String, Integer> numbers = new HashMap<>();

	private final boolean[] suspended = new boolean[TOKENS];

	/** Until when some node would have said that it is good. */
	private final long[] lastGood = new long[TOKENS];

	private final Random random;

	private final Set<Missing> missing;

	private final Belief belief;

	private final TokenVerifier verifier;

	private long now;

	private long order;

	private boolean busy;

	/** Whether the one who is at work has not looked at the clock yet. */
	private boolean unlooked;

	/** Lines of a stream that has been cut do not arrive. */
	private int stream;

	private @Nullable Node followed;

	private Belief.@Nullable Connection connection;

	private long lastLine;

	private long heldUntil;

	History(long seed, Set<Missing> missing) {
		this.random = new Random(seed);
		this.missing = missing;
		Clocks clocks = new SimulatedClocks();
		this.belief = new StampedBelief(clocks, missing);
		KeptAnswers kept = new KeptAnswers(this.belief, 1_000);
		this.verifier = new TokenVerifier(clocks, this.belief, kept,
				new NotingAsking(clocks, this.belief, kept, this::ask, missing),
				(renewal) -> at(this.now, () -> inTurn(renewal)), null, false);
		for (int i = 0; i < TOKENS; i++) {
			this.numbers.put(TestTokens.raw(i), i);
		}
		this.nodes.add(new Node(1_000_000));
		this.nodes.add(new Node(77));
	}

	/**
	 * Plays it.
	 * @return what was accepted and should not have been
	 */
	List<String> run() {
		this.nodes.forEach(this::beat);
		at(0, this::connect);
		at(0, this::use);
		for (int i = 0; i < TOKENS; i++) {
			int token = i;
			at(between(1_000, 5_000), () -> change(token));
		}
		at(between(2_000, 8_000), this::fault);
		while (!this.steps.isEmpty() && this.now < END) {
			play(this.steps.remove());
		}
		return this.violations;
	}

	int remembered() {
		return (int) this.verifier.state().remembered();
	}

	private void use() {
		inTurn(this::present);
		at(this.now + between(1, 40), this::use);
	}

	private void present() {
		int token = this.random.nextInt(TOKENS);
		boolean accepted = this.verifier.verify(TestTokens.raw(token), null) instanceof Verdict.Accepted;
		if (accepted && wasBadThroughout(token, this.now - STALENESS - 1)) {
			this.violations.add("token %d at %d".formatted(token, this.now));
		}
	}

	private boolean isGood(int token) {
		return this.nodes.stream().anyMatch((node) -> node.isGood(token));
	}

	private boolean wasBadThroughout(int token, long since) {
		return !isGood(token) && this.lastGood[token] < since;
	}

	/** Before anything is otherwise. */
	private void note() {
		for (int i = 0; i < TOKENS; i++) {
			this.lastGood[i] = isGood(i) ? this.now : this.lastGood[i];
		}
	}

	private void change(int token) {
		at(this.now + between(500, 12_000), () -> change(token));
		note();
		this.suspended[token] = !this.suspended[token];
		this.nodes.forEach((node) -> node.notified(() -> node.hear(token)));
	}

	/**
	 * The node tells itself something, and when that has come back, it has heard all
	 * before it.
	 */
	private void beat(Node node) {
		at(this.now + 500, () -> beat(node));
		long sent = this.now;
		node.notified(() -> {
			if (node == this.followed) {
				line((connection) -> connection.beat(sent + node.offset), this.stream);
			}
		});
	}

	private void connect() {
		int number = ++this.stream;
		Node node = this.nodes.get(this.random.nextInt(2));
		this.followed = node;
		Belief.Connection connection = this.belief.connect();
		this.connection = connection;
		this.lastLine = this.now + between(1, 50);
		long since = Math.max(this.missing.contains(Missing.THE_BEGINNING_OF_THE_NODE) ? 0 : node.since,
				this.now - RING);
		long offset = node.offset;
		long hello = this.now + offset;
		String rules = node.rules();
		line((opened) -> opened.hello(hello, since + offset, rules), number);
		node.ring.forEach((heard) -> {
			if (heard[0] >= since) {
				line((opened) -> opened.mark(new int[] { (int) heard[1] }), number);
			}
		});
	}

	private void line(Line line, int number) {
		this.lastLine = Math.max(Math.max(this.lastLine, this.heldUntil), this.now + between(0, 5));
		at(this.lastLine, () -> {
			if (number == this.stream && this.connection != null) {
				try {
					line.arrive(this.connection);
				}
				catch (UnreadableAnswerException ex) {
					throw new IllegalStateException(ex);
				}
			}
		});
	}

	private void fault() {
		at(this.now + between(1_000, 8_000), this::fault);
		switch (this.random.nextInt(6)) {
			case 0 -> this.heldUntil = this.now + between(500, 9_000);
			case 1 -> cut();
			case 2 -> {
				Node slow = this.nodes.get(this.random.nextInt(2));
				slow.lastNotice = Math.max(slow.lastNotice, this.now + between(200, 5_000));
			}
			case 3 -> {
				Node node = this.nodes.get(this.random.nextInt(2));
				node.restart(node.rules);
			}
			case 4 -> otherRules();
			default -> connect();
		}
	}

	private void cut() {
		this.stream++;
		this.followed = null;
		this.connection = null;
		at(this.now + between(0, 6_000), this::connect);
	}

	/** One node after the other has them, and meanwhile they do not agree. */
	private void otherRules() {
		int first = this.random.nextInt(2);
		Node one = this.nodes.get(first);
		Node other = this.nodes.get(1 - first);
		if (one.rules == other.rules) {
			int next = one.rules + 1;
			one.restart(next);
			at(this.now + between(500, 15_000), () -> other.restart(next));
		}
	}

	/** What lies between is played on while the question is under way. */
	private Answer ask(String raw, @Nullable String address, Duration patience) {
		int token = this.numbers.get(raw);
		pass(between(0, 300));
		Node node = this.nodes.get(this.random.nextInt(2));
		boolean good = this.missing.contains(Missing.THE_QUESTION_TO_THE_DATABASE) ? node.remembers(token)
				: node.isGood(token);
		String rules = node.rules();
		pass((this.random.nextInt(50) == 0) ? between(0, 5_000) : between(0, 300));
		return good ? new Answer.Active(TestTokens.token(), TestTokens.terms(rules, 60, token), false, null)
				: new Answer.Inactive();
	}

	private void pass(long time) {
		long until = this.now + time;
		while (!this.steps.isEmpty() && this.steps.peek().at() <= until) {
			play(this.steps.remove());
		}
		this.now = Math.max(this.now, until);
	}

	private void play(Step step) {
		this.now = Math.max(this.now, step.at());
		step.action().run();
	}

	/** One use after another: what comes meanwhile waits. */
	private void inTurn(Runnable action) {
		if (this.busy) {
			at(this.now + 50, () -> inTurn(action));
		}
		else {
			this.busy = true;
			this.unlooked = true;
			action.run();
			this.unlooked = false;
			this.busy = false;
		}
	}

	private long between(long least, long most) {
		return least + this.random.nextInt((int) (most - least + 1));
	}

	private void at(long time, Runnable action) {
		this.steps.add(new Step(time, this.order++, action));
	}

	/** What can be taken out. */
	enum Missing {

		THE_NOTE_BEFORE_THE_QUESTION, THE_QUESTION_TO_THE_DATABASE, THE_STAMP_IN_THE_BEAT,

		THE_BEGINNING_OF_THE_NODE, THE_RULES

	}

	/** A node of the server. */
	private final class Node {

		private long offset;

		private long since;

		private int rules;

		/** How many times it was started. */
		private int started;

		private final List<long[]> ring = new ArrayList<>();

		private final Map<Integer, Boolean> memory = new HashMap<>();

		private long lastNotice;

		private Node(long offset) {
			this.offset = offset;
		}

		/** In the order of the commits, and after a while. */
		private void notified(Runnable action) {
			this.lastNotice = Math.max(this.lastNotice, History.this.now + between(0, 20));
			int number = this.started;
			at(this.lastNotice, () -> {
				if (number == this.started) {
					action.run();
				}
			});
		}

		/** What it has not heard until then, it never hears. */
		private void restart(int nextRules) {
			note();
			this.started++;
			this.rules = nextRules;
			this.offset = between(0, 2_000_000);
			this.since = History.this.now;
			this.lastNotice = History.this.now;
			this.ring.clear();
			this.memory.clear();
			if (this == History.this.followed) {
				cut();
			}
		}

		private String rules() {
			return "r" + (History.this.missing.contains(Missing.THE_RULES) ? 0 : this.rules);
		}

		/** By each rules another token is not. */
		private boolean isGood(int token) {
			return !History.this.suspended[token] && this.rules % (TOKENS + 1) != token + 1;
		}

		private void hear(int token) {
			this.memory.remove(token);
			this.ring.add(new long[] { History.this.now, token });
			if (this == History.this.followed) {
				line((connection) -> connection.mark(new int[] { token }), History.this.stream);
			}
		}

		private boolean remembers(int token) {
			return this.memory.computeIfAbsent(token, this::isGood);
		}

	}

	/** The two clocks; now and then a thread is stopped just before it looks at one. */
	private final class SimulatedClocks implements Clocks {

		@Override
		public long nanos() {
			if (History.this.unlooked) {
				History.this.unlooked = false;
				pass((History.this.random.nextInt(200) == 0) ? between(0, 5_000) : 0);
			}
			return History.this.now * 1_000_000;
		}

		@Override
		public long millis() {
			return History.this.now;
		}

	}

	/** Without the stamp the proof is the arrival. */
	private static final class StampedBelief extends Belief {

		private final Clocks clocks;

		private final Set<Missing> missing;

		private StampedBelief(Clocks clocks, Set<Missing> missing) {
			super(clocks, Duration.ofMillis(STALENESS));
			this.clocks = clocks;
			this.missing = missing;
		}

		@Override
		Proof proof(Connection connection, long stamp) {
			return this.missing.contains(Missing.THE_STAMP_IN_THE_BEAT)
					? new Proof(this.clocks.nanos(), this.clocks.millis()) : super.proof(connection, stamp);
		}

	}

	/** Without the note before the question the moment is noted after it. */
	private static final class NotingAsking extends Asking {

		private final Belief belief;

		private final Set<Missing> missing;

		private NotingAsking(Clocks clocks, Belief belief, KeptAnswers kept, Questions questions,
				Set<Missing> missing) {
			super(clocks, belief, kept, questions, null);
			this.belief = belief;
			this.missing = missing;
		}

		@Override
		void keep(TokenKey token, Answer.Active answer, @Nullable String address, long noted, long nanos, long millis) {
			boolean late = this.missing.contains(Missing.THE_NOTE_BEFORE_THE_QUESTION);
			super.keep(token, answer, address, late ? this.belief.moment() : noted, nanos, millis);
		}

	}

	private interface Line {

		void arrive(Belief.Connection connection) throws UnreadableAnswerException;

	}

	private record Step(long at, long order, Runnable action) implements Comparable<Step> {

		@Override
		public int compareTo(Step other) {
			int byTime = Long.compare(this.at, other.at);
			return (byTime != 0) ? byTime : Long.compare(this.order, other.order);
		}

	}

}
