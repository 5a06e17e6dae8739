package dev.latchkey.bench.tools;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Asks one node about some tokens without a pause from several threads, and remembers
 * when requests began and whether they were accepted.
 */
final class Probe {

	private final List<List<Attempt>> histories = new ArrayList<>();

	private final List<Thread> threads = new ArrayList<>();

	private volatile boolean over;

	private final AtomicIntegerArray streaks;

	private final boolean remember;

	Probe(int port, List<Victim> victims, int threadCount, boolean remember) {
		this.streaks = new AtomicIntegerArray(threadCount);
		this.remember = remember;
		for (int i = 0; i < threadCount; i++) {
			this.histories.add(new ArrayList<>());
		}
		for (int i = 0; i < threadCount; i++) {
			int thread = i;
			this.threads.add(Failures.start(() -> ask(port, victims, thread)));
		}
	}

	private void ask(int port, List<Victim> victims, int thread) {
		try (Http http = new Http(port)) {
			for (int i = thread; !this.over; i++) {
				Victim victim = victims.get(i % victims.size());
				long begin = System.nanoTime();
				boolean accepted = isAccepted(http, victim);
				if (this.remember) {
					this.histories.get(thread).add(new Attempt(victim, begin, accepted));
				}
				this.streaks.accumulateAndGet(thread, accepted ? 1 : -1,
						(streak, one) -> (Integer.signum(streak) == one) ? streak + one : one);
			}
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** A node that answers nothing refuses, too. */
	private static boolean isAccepted(Http http, Victim victim) {
		try {
			return http.get("/api/user", victim.raw()) == 200;
		}
		catch (IOException ex) {
			return false;
		}
	}

	/** Whether each thread's last attempts, as many as asked for, had that outcome. */
	boolean lastWere(boolean accepted, int count) {
		for (int i = 0; i < this.streaks.length(); i++) {
			if ((accepted ? 1 : -1) * this.streaks.get(i) < count) {
				return false;
			}
		}
		return true;
	}

	/** Ends the asking; what was asked, in the order in which it began. */
	List<Attempt> stop() throws InterruptedException {
		this.over = true;
		for (Thread thread : this.threads) {
			thread.join();
		}
		List<Attempt> all = new ArrayList<>();
		this.histories.forEach(all::addAll);
		all.sort((a, b) -> Long.signum(a.begin() - b.begin()));
		return all;
	}

	/** One request. */
	record Attempt(Victim victim, long begin, boolean accepted) {
	}

}
