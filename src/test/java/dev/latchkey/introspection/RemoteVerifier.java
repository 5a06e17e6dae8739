package dev.latchkey.introspection;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * The client of {@code docs/remote-verification.md} in its smallest form, with a lock
 * where a real one has none. Each of what its proof needs can be taken out of it.
 */
final class RemoteVerifier {

	private static final double MAX_STALENESS = 2000;

	private static final int PLACES = 1 << 15;

	/** Milliseconds. */
	private final LongSupplier clock;

	private final Function<String, Answer> questions;

	private final Set<Fault> faults;

	private final long[] marks = new long[PLACES];

	private final Map<String, Kept> kept = new HashMap<>();

	private long count;

	private long all;

	private double proof = Double.NEGATIVE_INFINITY;

	private String rules = "";

	private double connectedAt;

	private long hello;

	private int asked;

	private int remembered;

	RemoteVerifier(LongSupplier clock, Function<String, Answer> questions, Set<Fault> faults) {
		this.clock = clock;
		this.questions = questions;
		this.faults = faults;
	}

	/**
	 * Hears the first event.
	 * @param connecting when it began to connect
	 */
	synchronized void hello(long connecting, long now, long since, String nodesRules) {
		long arrived = this.clock.getAsLong();
		if (!this.rules.equals(nodesRules) || arrived - (now - since) > this.proof) {
			this.all = ++this.count;
			this.rules = nodesRules;
		}
		this.connectedAt = connecting;
		this.hello = now;
	}

	synchronized void mark(List<Integer> places) {
		places.forEach((place) -> this.marks[place] = ++this.count);
	}

	synchronized void markAll() {
		this.all = ++this.count;
	}

	synchronized void beat(long proven) {
		this.proof = this.faults.contains(Fault.BEATS_WITHOUT_STAMP) ? this.clock.getAsLong()
				: this.connectedAt + 0.999 * (proven - this.hello);
	}

	boolean accepts(String token) {
		synchronized (this) {
			if (isBelieved(this.kept.get(token))) {
				this.remembered++;
				return true;
			}
			this.asked++;
		}
		long noted = moment();
		long askedAt = this.clock.getAsLong();
		Answer answer = this.questions.apply(token);
		if (this.faults.contains(Fault.NOTES_AFTER_THE_QUESTION)) {
			noted = moment();
		}
		if (answer.active()) {
			keep(token, new Kept(noted, answer.places(), answer.rules(), askedAt + 1000 * answer.seconds()));
		}
		return answer.active();
	}

	private synchronized long moment() {
		return this.count;
	}

	private synchronized void keep(String token, Kept answer) {
		this.kept.put(token, answer);
	}

	private boolean isBelieved(Kept answer) {
		return answer != null && answer.rules().equals(this.rules) && answer.noted() >= this.all
				&& answer.places().stream().allMatch((place) -> answer.noted() >= this.marks[place])
				&& this.clock.getAsLong() - this.proof <= MAX_STALENESS && this.clock.getAsLong() < answer.deadline();
	}

	/** How many questions it has asked. */
	synchronized int asked() {
		return this.asked;
	}

	/** How many tokens it has accepted without one. */
	synchronized int remembered() {
		return this.remembered;
	}

	/** What can be taken out. */
	enum Fault {

		NOTES_AFTER_THE_QUESTION, BEATS_WITHOUT_STAMP

	}

	/** What introspection said; for how many seconds it may be believed. */
	record Answer(boolean active, List<Integer> places, String rules, long seconds) {

	}

	private record Kept(long noted, List<Integer> places, String rules, long deadline) {

	}

}
