package dev.latchkey;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The simulation of a region far from the database, and what the operators' page says
 * came of it.
 */
class RegionSimulationTests {

	private static final Path PAGE = Path.of("docs/operations.md");

	@Test
	void thePageHasWhatComesOfIt() throws IOException, InterruptedException {
		List<String> rows = run("--seed=1").stream().filter((line) -> line.startsWith("| ")).toList();
		assertThat(rows).hasSize(6);
		assertThat(Files.readString(PAGE)).as("As it comes:\n%s", String.join("\n", rows))
			.contains(String.join("\n", rows));
	}

	/**
	 * It fails by itself where the rule lets one through, or where all is well without
	 * it.
	 */
	@Test
	void otherSeedsSayTheSame() throws IOException, InterruptedException {
		assertThat(run("--seed=2", "--minutes=10")).last().asString().startsWith("| the primary |");
	}

	private static List<String> run(String... arguments) throws IOException, InterruptedException {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m",
						"bench/simulation/Regions.java"));
		command.addAll(List.of(arguments));
		Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
		String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(process.waitFor()).as(said).isZero();
		return said.lines().toList();
	}

}
