package dev.latchkey.bench.tools;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Measures how long after the answer to the revoking call the last request began that
 * another node accepted; 0 where none did.
 */
final class OtherNodeCheck {

	private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

	private final int port;

	private final Victims victims;

	private final Hands hands;

	OtherNodeCheck(int port, Victims victims, Hands hands) {
		this.port = port;
		this.victims = victims;
		this.hands = hands;
	}

	void run(int trials) throws Exception {
		for (Revocation way : Revocation.values()) {
			double[] delays = new double[trials];
			for (int i = 0; i < trials; i++) {
				delays[i] = trial(way);
			}
			Arrays.sort(delays);
			double p99 = delays[(int) Math.ceil(trials * 0.99) - 1];
			System.err.printf("  %s: p50 %.1f ms, p99 %.1f ms%n", way.label(), delays[trials / 2], p99);
			System.out.printf("other-node\t%s\t%d\t%.1f\t%.1f\t%.1f%n", way.label(), trials, delays[trials / 2], p99,
					delays[trials - 1]);
		}
	}

	private double trial(Revocation way) throws Exception {
		Victim victim = this.victims.next();
		Probe probe = new Probe(this.port, List.of(victim), 4, true);
		await(probe, true, 5);
		victim.revoke(way, this.hands);
		await(probe, false, 5);
		List<Probe.Attempt> attempts = probe.stop();
		Failures.rethrow();
		return attempts.stream()
			.filter((attempt) -> attempt.accepted() && victim.isDeadAt(attempt.begin()))
			.mapToDouble((attempt) -> (attempt.begin() - victim.answeredAt()) / 1e6)
			.max()
			.orElse(0);
	}

	private void await(Probe probe, boolean accepted, int count) throws InterruptedException {
		long deadline = System.nanoTime() + PATIENCE_NANOS;
		while (!probe.lastWere(accepted, count) && System.nanoTime() < deadline) {
			Thread.sleep(1);
		}
	}

}
