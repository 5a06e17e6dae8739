package dev.latchkey.verification;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;

import dev.latchkey.verification.RevocationModel.Place;
import dev.latchkey.verification.RevocationModel.Rule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Nothing is accepted after the bound in any state that the rules can lead to, and each
 * rule is needed for that. {@code docs/proofs} says what is modelled, and has the counts.
 */
class RevocationModelTests {

	private static final Path PAGE = Path.of("docs/proofs/README.md");

	@ParameterizedTest
	@CsvSource({ "THE_REVOKING_NODE, 2", "THE_OTHER_NODE, 1" })
	void nothingIsAcceptedAfterTheBound(Place place, int uses, TestReporter report) throws IOException {
		StateSearch search = search(place, RevocationModel.STALENESS, uses, Set.of());
		String counts = "| `%s` | %d | %d | %d |".formatted(place, uses, search.states(), search.steps());
		report.publishEntry("states", counts);
		assertThat(search.failure()).isEmpty();
		assertThat(Files.readString(PAGE)).contains(counts);
	}

	@Test
	void theBoundIsNoLongerThanItMustBe() {
		assertThat(search(Place.THE_OTHER_NODE, RevocationModel.STALENESS - 1, 1, Set.of()).failure()).isNotEmpty();
	}

	@ParameterizedTest
	@EnumSource
	void withoutTheRuleSomethingIsAcceptedAfterTheBound(Rule rule) throws IOException {
		int uses = (rule.missed() == Place.THE_REVOKING_NODE) ? 2 : 1;
		StateSearch search = search(rule.missed(), RevocationModel.STALENESS, uses, EnumSet.of(rule));
		assertThat(search.failure()).isNotEmpty();
		assertThat(Files.readString(PAGE))
			.containsPattern("\\| `" + rule + "` \\|.*\\| " + search.failure().size() + " \\|");
	}

	private static StateSearch search(Place place, int bound, int uses, Set<Rule> broken) {
		return new StateSearch(new RevocationModel(place, bound, uses, broken));
	}

}
