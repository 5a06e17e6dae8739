package dev.latchkey.resourceserver;

import java.util.Set;

import dev.latchkey.resourceserver.History.Missing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Histories of a service, two nodes, their database and what lies between, with faults
 * from one seed: no token is accepted that was bad throughout the last two seconds. Where
 * one of the things is taken out that the proof needs, in the client or in what it is
 * told, some is.
 */
class HistoryTests {

	private static final int HISTORIES = 60;

	private static final long SEED = Long.getLong("latchkey.seed", System.nanoTime());

	@Test
	void nothingIsAcceptedLaterThanItMayBe() {
		System.out.println("latchkey.seed=" + SEED);
		int remembered = 0;
		for (int i = 0; i < HISTORIES; i++) {
			History history = new History(SEED + i, Set.of());
			assertThat(history.run()).as("of -Dlatchkey.seed=%d", SEED + i).isEmpty();
			remembered += history.remembered();
		}
		assertThat(remembered).as("decided from memory").isGreaterThan(HISTORIES * 100);
	}

	@ParameterizedTest
	@EnumSource
	void whatTheProofNeedsIsNeeded(Missing missing) {
		for (int i = 0; i < 10 * HISTORIES; i++) {
			if (!new History(SEED + i, Set.of(missing)).run().isEmpty()) {
				return;
			}
		}
		throw new AssertionError("Nothing was accepted too late without " + missing + ", seed " + SEED);
	}

}
