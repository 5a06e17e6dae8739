import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;

/**
 * A region far from the database, in simulated time: a node there verifies from memory, hears of changes from the
 * primary, and loads what it does not know from a replica beside it. The replica falls behind, connections die without
 * a word, the network between the regions is cut. All of it is drawn from one seed, the same for each way of loading,
 * and what is counted are the tokens that were accepted more than the staleness after their revocation.
 *
 *   java bench/simulation/Regions.java [--seed=1] [--minutes=30]
 *
 * A position in the log of the database is the moment of its commit, which the nodes do not know: they compare positions
 * with positions and never with a clock.
 */
public final class Regions {

	private static final long MS = 1_000;

	private static final long SECOND = 1_000 * MS;

	/** A position or a moment that is not known. */
	private static final long UNKNOWN = Long.MAX_VALUE;

	/** As {@code latchkey.cache.max-staleness} and {@code latchkey.cache.max-age}. */
	private static final long STALENESS = 2 * SECOND;

	private static final long MAX_AGE = 60 * SECOND;

	private static final long BEAT = 500 * MS;

	/** From one region to the other, and to the replica and back. */
	private static final long ONE_WAY = 40 * MS;

	private static final long TO_REPLICA = MS;

	private static final long IN_MEMORY = 50;

	private static final int TOKENS = 2_000;

	private static final double USES = 500.0 / SECOND;

	private static final double REVOCATIONS = 2.0 / SECOND;

	/** For how long a token goes on being used that was revoked. */
	private static final long STILL_USED = 90 * SECOND;

	/** How a node loads what it does not know. */
	enum Way {

		/** From the replica once it has replayed what the node has heard of, else from the primary. */
		RULE("the replica, by the rule"),

		/** From the replica, as if it knew what the node knows. */
		REPLICA("the replica, as it is"),

		/** Likewise, but for a second after the node has heard of a change. */
		WAIT("the replica, a second after hearing"),

		/** Never from the replica. */
		PRIMARY("the primary");

		private final String words;

		Way(String words) {
			this.words = words;
		}

		boolean goesByPositions() {
			return this == RULE || this == PRIMARY;
		}

	}

	public static void main(String[] args) {
		long seed = 1;
		long minutes = 30;
		for (String arg : args) {
			String[] parts = arg.split("=", 2);
			switch (parts[0]) {
				case "--seed" -> seed = Long.parseLong(parts[1]);
				case "--minutes" -> minutes = Long.parseLong(parts[1]);
				default -> throw new IllegalArgumentException("Unknown: " + arg);
			}
		}
		System.out.printf("seed %d, %d minutes%n%n", seed, minutes);
		System.out.println("| loads from | uses | accepted later than 2 s after the revocation | the latest | from memory | by the replica | by the primary | undecided | median | 99 % | 99.9 % |");
		System.out.println("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
		boolean sound = true;
		for (Way way : Way.values()) {
			Regions run = new Regions(way, seed, minutes * 60 * SECOND);
			run.run();
			System.out.println(run.row());
			sound &= way.goesByPositions() == (run.stale == 0);
		}
		if (!sound) {
			System.out.println("The rule let one through, or without it nothing happened");
			System.exit(1);
		}
	}

	private final Way way;

	private final long end;

	private final PriorityQueue<Event> events = new PriorityQueue<>();

	private long now;

	private long scheduled;

	// What happens, drawn by streams of their own, so that it is the same for each way.

	private final Random uses;

	private final Random revocations;

	private final Random replica;

	private final Random network;

	private final Random delays;

	private final List<Token> tokens = new ArrayList<>();

	private long replayed;

	private long replayStandsUntil;

	private long cutUntil;

	// The node.

	private final Map<Token, Entry> memory = new HashMap<>();

	private final Map<Token, Mark> marks = new HashMap<>();

	private final List<Mark> unplaced = new ArrayList<>();

	private boolean placing;

	private Mark everything = new Mark(0);

	/** When the beat was sent that was heard last. */
	private long proof;

	private int connection;

	private boolean connectionLives = true;

	private long connecting;

	private long lastArrival;

	// What is counted.

	private long used;

	private long stale;

	private long latest;

	private long undecided;

	private final long[] from = new long[3];

	private final long[] latencies = new long[100_001];

	private Regions(Way way, long seed, long length) {
		this.way = way;
		this.end = length;
		this.uses = new Random(seed);
		this.revocations = new Random(seed + 1);
		this.replica = new Random(seed + 2);
		this.network = new Random(seed + 3);
		this.delays = new Random(seed + 4);
		this.everything.position = 0;
		for (int i = 0; i < TOKENS; i++) {
			this.tokens.add(new Token());
		}
	}

	private void run() {
		after(pause(this.uses, USES), this::nextUse);
		after(pause(this.revocations, REVOCATIONS), this::nextRevocation);
		after(pause(this.network, 1.0 / (120 * SECOND)), this::nextFailure);
		after(pause(this.replica, 1.0 / (60 * SECOND)), this::nextStall);
		replay();
		beat();
		while (!this.events.isEmpty() && this.events.peek().at <= this.end) {
			Event next = this.events.poll();
			this.now = next.at;
			next.what.run();
		}
	}

	// The world

	private void nextUse() {
		use(this.tokens.get(this.uses.nextInt(this.tokens.size())));
		after(pause(this.uses, USES), this::nextUse);
	}

	private void nextRevocation() {
		int place = this.revocations.nextInt(TOKENS);
		Token token = this.tokens.get(place);
		if (token.revoked == UNKNOWN) {
			token.revoked = this.now;
			tell(() -> hear(token));
			// Whoever has it goes on, and its owner has another one.
			after(STILL_USED, () -> this.tokens.set(this.tokens.indexOf(token), new Token()));
		}
		after(pause(this.revocations, REVOCATIONS), this::nextRevocation);
	}

	/** The connection that listens dies without a word, or all between the regions is cut, the replica's log too. */
	private void nextFailure() {
		this.connectionLives = false;
		long cut = (long) ((3 + 17 * this.network.nextDouble()) * SECOND);
		if (this.network.nextDouble() < 0.4) {
			this.cutUntil = this.now + cut;
			this.replayStandsUntil = Math.max(this.replayStandsUntil, this.cutUntil);
		}
		after(pause(this.network, 1.0 / (120 * SECOND)), this::nextFailure);
	}

	/** A long query on the replica, its disk, a vacuum: nothing is replayed meanwhile. */
	private void nextStall() {
		long stall = (long) ((0.2 + 9.8 * this.replica.nextDouble() * this.replica.nextDouble()) * SECOND);
		this.replayStandsUntil = Math.max(this.replayStandsUntil, this.now + stall);
		after(pause(this.replica, 1.0 / (60 * SECOND)), this::nextStall);
	}

	/** Replays what has come, at ten times the speed at which it was written. */
	private void replay() {
		long step = 10 * MS;
		if (this.now >= this.replayStandsUntil) {
			long come = this.now - ONE_WAY - (long) (20 * MS * this.replica.nextDouble());
			this.replayed = Math.max(this.replayed, Math.min(come, this.replayed + 10 * step));
		}
		after(step, this::replay);
	}

	private boolean isPrimaryInReach() {
		return this.now >= this.cutUntil;
	}

	private long oneWay() {
		return ONE_WAY + pause(this.delays, 1.0 / (2 * MS));
	}

	/** From the primary to whoever listens, one after the other; what a dead connection has is lost. */
	private void tell(Runnable what) {
		int through = this.connection;
		if (this.connectionLives) {
			this.lastArrival = Math.max(this.lastArrival + 1, this.now + oneWay());
			at(this.lastArrival, () -> {
				if (this.connectionLives && through == this.connection) {
					what.run();
				}
			});
		}
	}

	// The node

	/** Says something to itself through the primary: what was told before has been heard when that is heard. */
	private void beat() {
		if (this.connectionLives) {
			sendBeat();
		}
		if (!isProven() && isPrimaryInReach() && this.now - this.connecting >= STALENESS) {
			connect();
		}
		after(BEAT, this::beat);
	}

	private void sendBeat() {
		long sent = this.now;
		int through = this.connection;
		after(oneWay(), () -> {
			if (through == this.connection) {
				tell(() -> this.proof = sent);
			}
		});
	}

	private boolean isProven() {
		return this.now - this.proof < STALENESS;
	}

	/** Listens anew, then doubts everything until it knows how far the primary is. */
	private void connect() {
		this.connecting = this.now;
		this.connection++;
		this.connectionLives = false;
		int mine = this.connection;
		after(2 * oneWay(), () -> {
			if (mine == this.connection && isPrimaryInReach()) {
				this.connectionLives = true;
				this.everything = new Mark(this.now);
				place(this.everything);
				sendBeat();
			}
		});
	}

	private void hear(Token token) {
		Mark mark = new Mark(this.now);
		this.marks.put(token, mark);
		place(mark);
	}

	/** A trigger does not know the position of its commit; the primary, asked later, is beyond it. One question at a time. */
	private void place(Mark mark) {
		this.unplaced.add(mark);
		if (!this.placing) {
			askPosition();
		}
	}

	private void askPosition() {
		List<Mark> asked = List.copyOf(this.unplaced);
		this.placing = true;
		boolean reached = isPrimaryInReach();
		long there = oneWay();
		after(there, () -> {
			long position = this.now;
			after(oneWay(), () -> {
				this.placing = false;
				if (reached) {
					asked.forEach((mark) -> mark.position = position);
					this.unplaced.removeAll(asked);
				}
				if (!this.unplaced.isEmpty()) {
					askPosition();
				}
			});
		});
	}

	private void use(Token token) {
		long arrived = this.now;
		this.used++;
		Entry entry = this.memory.get(token);
		if (isProven() && entry != null && this.now - entry.asked < MAX_AGE && isBelieved(entry, token)) {
			answer(token, arrived, entry.good, 0, IN_MEMORY);
		}
		else if (mayAskReplica(token)) {
			askReplica(token, arrived);
		}
		else {
			askPrimary(token, arrived);
		}
	}

	private boolean isBelieved(Entry entry, Token token) {
		Mark mark = this.marks.get(token);
		if (this.way.goesByPositions()) {
			return entry.position >= this.everything.position && (mark == null || entry.position >= mark.position);
		}
		return entry.asked > this.everything.heard && (mark == null || entry.asked > mark.heard);
	}

	private boolean mayAskReplica(Token token) {
		return switch (this.way) {
			case PRIMARY -> false;
			case REPLICA -> true;
			case WAIT -> this.now - Math.max(this.everything.heard, heard(token)) > SECOND;
			// Who does not hear knows of no position that would be enough.
			case RULE -> isProven() && needed(token) != UNKNOWN;
		};
	}

	private long heard(Token token) {
		Mark mark = this.marks.get(token);
		return (mark != null) ? mark.heard : 0;
	}

	private long needed(Token token) {
		Mark mark = this.marks.get(token);
		return Math.max(this.everything.position, (mark != null) ? mark.position : 0);
	}

	private void askReplica(Token token, long arrived) {
		long asked = this.now;
		long needed = needed(token);
		after(TO_REPLICA / 2, () -> {
			// The position first, then the row, which may be newer and never older.
			long position = this.replayed;
			boolean good = token.revoked > position;
			after(TO_REPLICA / 2, () -> {
				if (this.way == Way.RULE && position < needed) {
					askPrimary(token, arrived);
				}
				else {
					this.memory.put(token, new Entry(good, position, asked));
					answer(token, arrived, good, 1, this.now - arrived);
				}
			});
		});
	}

	private void askPrimary(Token token, long arrived) {
		long asked = this.now;
		if (!isPrimaryInReach()) {
			this.undecided++;
			return;
		}
		after(oneWay(), () -> {
			long position = this.now;
			boolean good = token.revoked > position;
			after(oneWay(), () -> {
				this.memory.put(token, new Entry(good, position, asked));
				answer(token, arrived, good, 2, this.now - arrived);
			});
		});
	}

	private void answer(Token token, long arrived, boolean accepted, int by, long took) {
		this.from[by]++;
		this.latencies[(int) Math.min(took / 10, this.latencies.length - 1)]++;
		if (accepted && token.revoked <= arrived) {
			this.latest = Math.max(this.latest, arrived - token.revoked);
			if (arrived - token.revoked > STALENESS) {
				this.stale++;
			}
		}
	}

	// What came of it

	private String row() {
		return String.format(Locale.ROOT, "| %s | %,d | %,d | %.1f s | %.1f %% | %.1f %% | %.1f %% | %.2f %% | %.2f ms | %.1f ms | %.1f ms |",
				this.way.words, this.used, this.stale, this.latest / (double) SECOND, percent(this.from[0]),
				percent(this.from[1]), percent(this.from[2]), percent(this.undecided), quantile(0.5), quantile(0.99),
				quantile(0.999));
	}

	private double percent(long part) {
		return 100.0 * part / this.used;
	}

	private double quantile(double share) {
		long left = (long) (share * (this.from[0] + this.from[1] + this.from[2]));
		int i = 0;
		for (; i < this.latencies.length - 1 && left >= this.latencies[i]; i++) {
			left -= this.latencies[i];
		}
		return i / 100.0;
	}

	private static long pause(Random random, double rate) {
		return 1 + (long) (-StrictMath.log(1 - random.nextDouble()) / rate);
	}

	private void after(long pause, Runnable what) {
		at(this.now + pause, what);
	}

	private void at(long moment, Runnable what) {
		this.events.add(new Event(moment, this.scheduled++, what));
	}

	private record Event(long at, long number, Runnable what) implements Comparable<Event> {

		@Override
		public int compareTo(Event other) {
			int order = Long.compare(this.at, other.at);
			return (order != 0) ? order : Long.compare(this.number, other.number);
		}

	}

	private static final class Token {

		private long revoked = UNKNOWN;

	}

	/** What is remembered of a token: what the row said, how far whoever said it was, and when it was asked. */
	private record Entry(boolean good, long position, long asked) {

	}

	/** That something changed: when this node heard of it, and a position beyond it, once that is known. */
	private static final class Mark {

		private final long heard;

		private long position = UNKNOWN;

		private Mark(long heard) {
			this.heard = heard;
		}

	}

}
