package dev.latchkey.bench.tools;

import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Deletes rows by hand while whoever verifies cannot hear of it, and measures how long he
 * goes on accepting them. Begins to count when the deletion was committed.
 */
final class FaultCheck {

	private static final int VICTIMS = 20;

	private static final int WATCH_SECONDS = 5;

	private final int port;

	private final Victims victims;

	private final Hands hands;

	FaultCheck(int port, Victims victims, Hands hands) {
		this.port = port;
		this.victims = victims;
		this.hands = hands;
	}

	void run(int trials, List<Breakage> faults) throws Exception {
		for (Breakage fault : faults) {
			double longest = 0;
			int afterHealing = 0;
			for (int i = 0; i < trials; i++) {
				Outcome outcome = trial(fault);
				longest = Math.max(longest, outcome.millis());
				afterHealing += outcome.afterHealing();
				System.err.printf("  %s: accepted until %.0f ms after, %d after healing%n", fault.label(),
						outcome.millis(), outcome.afterHealing());
			}
			System.out.printf("fault\t%s\t%d\t%.0f\t%d%n", fault.label(), trials, longest, afterHealing);
		}
	}

	private Outcome trial(Breakage fault) throws Exception {
		List<Victim> tokens = this.victims.next(VICTIMS);
		Probe probe = new Probe(this.port, tokens, 4, true);
		long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
		while (!probe.lastWere(true, 2 * VICTIMS)) {
			if (System.nanoTime() > deadline) {
				throw new IllegalStateException("The node does not accept good tokens");
			}
			Thread.sleep(5);
		}
		long healed;
		fault.inject();
		try {
			Thread.sleep(ThreadLocalRandom.current().nextInt(1500));
			for (Victim victim : tokens) {
				victim.revoke(Revocation.BY_HAND, this.hands);
			}
			Thread.sleep(TimeUnit.SECONDS.toMillis(WATCH_SECONDS));
		}
		finally {
			healed = System.nanoTime();
			fault.heal();
		}
		Thread.sleep(2000);
		List<Probe.Attempt> attempts = probe.stop();
		Failures.rethrow();
		double longest = 0;
		int afterHealing = 0;
		for (Probe.Attempt attempt : attempts) {
			if (attempt.accepted() && attempt.victim().isDeadAt(attempt.begin())) {
				longest = Math.max(longest, (attempt.begin() - attempt.victim().answeredAt()) / 1e6);
				afterHealing += (attempt.begin() - healed > 0) ? 1 : 0;
			}
		}
		return new Outcome(longest, afterHealing);
	}

	/** What one trial saw. */
	private record Outcome(double millis, int afterHealing) {
	}

}
