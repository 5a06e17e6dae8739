package dev.latchkey.bench.tools;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Many threads verify while others revoke on the same node: no request that begins after
 * the revocation was answered may be accepted, and none of a good token refused.
 */
final class SameNodeCheck {

	private static final int SLOTS = 64;

	private static final int TRIES_A_VICTIM = 50;

	private final AtomicReferenceArray<Victim> slots = new AtomicReferenceArray<>(SLOTS);

	private final Map<Revocation, AtomicInteger> tried = counters();

	private final Map<Revocation, AtomicInteger> accepted = counters();

	private final AtomicInteger refusedWhileGood = new AtomicInteger();

	private final int port;

	private final int wanted;

	private volatile boolean over;

	SameNodeCheck(int port, int wanted) {
		this.port = port;
		this.wanted = wanted;
	}

	void run(Victims victims, List<Hands> revokers, int verifiers, long seconds) throws Exception {
		for (int i = 0; i < SLOTS; i++) {
			this.slots.set(i, victims.next());
		}
		List<Thread> threads = new ArrayList<>();
		for (int i = 0; i < verifiers; i++) {
			threads.add(Failures.start(this::verify));
		}
		for (int i = 0; i < revokers.size(); i++) {
			Hands hands = revokers.get(i);
			int share = i;
			threads.add(Failures.start(() -> revoke(victims, hands, share, revokers.size())));
		}
		long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
		while (total(this.tried) < this.wanted && System.nanoTime() < deadline && Failures.none()) {
			Thread.sleep(1000);
			System.err.printf("  %,d requests after a revocation, %d accepted%n", total(this.tried),
					total(this.accepted));
		}
		this.over = true;
		for (Thread thread : threads) {
			thread.join();
		}
		Failures.rethrow();
		report();
	}

	private void verify() throws IOException {
		try (Http http = new Http(this.port)) {
			while (!this.over) {
				Victim victim = this.slots.get(ThreadLocalRandom.current().nextInt(SLOTS));
				boolean untouched = !victim.isTouched();
				long begin = System.nanoTime();
				boolean ok = http.get("/api/user", victim.raw()) == 200;
				if (victim.isDeadAt(begin)) {
					this.tried.get(victim.revocation()).incrementAndGet();
					victim.triedAfterwards().incrementAndGet();
					if (ok) {
						this.accepted.get(victim.revocation()).incrementAndGet();
					}
				}
				else if (ok) {
					victim.acceptedWhileGood().incrementAndGet();
				}
				else if (untouched && !victim.isTouched()) {
					this.refusedWhileGood.incrementAndGet();
				}
			}
		}
	}

	private void revoke(Victims victims, Hands hands, int share, int of) throws Exception {
		List<Revocation> ways = new ArrayList<>(List.of(Revocation.values()));
		ways.remove(Revocation.BY_HAND);
		int way = share;
		while (!this.over) {
			boolean idle = true;
			for (int slot = share; slot < SLOTS && !this.over; slot += of) {
				Victim victim = this.slots.get(slot);
				if (victim.isAnswered() && victim.triedAfterwards().get() >= TRIES_A_VICTIM) {
					this.slots.set(slot, victims.next());
				}
				else if (!victim.isTouched() && victim.acceptedWhileGood().get() >= 3) {
					victim.revoke(ways.get(way++ % ways.size()), hands);
					idle = false;
				}
			}
			if (idle) {
				Thread.sleep(1);
			}
		}
	}

	private void report() {
		for (Map.Entry<Revocation, AtomicInteger> entry : this.tried.entrySet()) {
			if (entry.getKey() != Revocation.BY_HAND) {
				System.out.printf("same-node\t%s\t%d\t%d%n", entry.getKey().label(), entry.getValue().get(),
						this.accepted.get(entry.getKey()).get());
			}
		}
		System.out.printf("same-node-refused-while-good\t-\t%d%n", this.refusedWhileGood.get());
	}

	private static Map<Revocation, AtomicInteger> counters() {
		Map<Revocation, AtomicInteger> counters = new EnumMap<>(Revocation.class);
		for (Revocation way : Revocation.values()) {
			counters.put(way, new AtomicInteger());
		}
		return counters;
	}

	private static int total(Map<Revocation, AtomicInteger> counters) {
		return counters.values().stream().mapToInt(AtomicInteger::get).sum();
	}

}
