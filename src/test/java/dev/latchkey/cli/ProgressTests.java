package dev.latchkey.cli;

import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Whoever waits for a long command hears that it goes on.
 */
class ProgressTests {

	private final StringWriter said = new StringWriter();

	private final Terminal terminal = new Terminal(InputStream.nullInputStream(), new PrintWriter(new StringWriter()),
			new PrintWriter(this.said));

	@Test
	void saysAgainAndAgainThatTheWorkGoesOn() {
		String result = Progress.during(this.terminal, "Pruning", Duration.ofMillis(1), () -> {
			await().until(() -> this.said.toString().lines().count() > 1);
			return "done";
		});
		assertThat(result).isEqualTo("done");
		assertThat(this.said.toString().lines()).allMatch((line) -> line.matches("Pruning, \\d+ s"));
	}

	@Test
	void ofWhatIsDoneSoonNothingIsSaid() {
		assertThat(Progress.during(this.terminal, "Pruning", () -> 7)).isEqualTo(7);
		assertThat(this.said.toString()).isEmpty();
	}

}
