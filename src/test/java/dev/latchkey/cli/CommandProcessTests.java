package dev.latchkey.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import dev.latchkey.LatchkeyApplication;
import dev.latchkey.testing.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Commands as an operator calls them, each in a process of its own.
 */
class CommandProcessTests {

	@TempDir
	private Path directory;

	@Test
	void onAnEmptyDatabaseTheFirstSuperuserGetsAToken() throws Exception {
		JdbcConnectionDetails database = TestDatabase.create();
		Map<String, String> settings = Map.of("SPRING_DATASOURCE_URL", database.getJdbcUrl(),
				"SPRING_DATASOURCE_USERNAME", database.getUsername(), "SPRING_DATASOURCE_PASSWORD",
				database.getPassword(), "LATCHKEY_LOG_FORMAT", "ecs");
		CommandRun made = run(settings, "orchard lantern umbrella\n", "create-user", "--email", "first@example.com",
				"--name", "First", "--role=SUPERUSER", "--password-stdin", "--json");
		assertThat(made.err()).isEmpty();
		assertThat(made.exit()).isZero();
		assertThat(made.json().path("email").asString()).isEqualTo("first@example.com");
		CommandRun token = run(settings, "", "issue-token", "--email=first@example.com", "--name=robot", "--scope=*");
		assertThat(token.exit()).isZero();
		assertThat(token.out()).matches("lkp_[0-9A-Za-z]{49}\\R");
		CommandRun revoked = run(settings, token.out(), "revoke-token");
		assertThat(revoked.err()).isEmpty();
		assertThat(revoked.exit()).isZero();
		assertThat(revoked.out()).startsWith("Revoked robot (");
	}

	@Test
	void whatKeepsItFromRunningIsOneLineBesideTheResults() throws Exception {
		CommandRun run = run(Map.of(), "", "list-tokens");
		assertThat(run.exit()).isEqualTo(1);
		assertThat(run.out()).isEmpty();
		assertThat(run.err()).startsWith("No database is configured. Set SPRING_DATASOURCE_URL").hasLineCount(1);
		CommandRun away = run(Map.of("SPRING_DATASOURCE_URL", "jdbc:postgresql://127.0.0.1:1/none"), "", "list-tokens");
		assertThat(away.exit()).isEqualTo(1);
		assertThat(away.err()).startsWith("No PostgreSQL answers at 127.0.0.1:1.").hasLineCount(1);
	}

	private CommandRun run(Map<String, String> environment, String in, String... args) throws Exception {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
						"-cp", System.getProperty("java.class.path"), LatchkeyApplication.class.getName()));
		command.addAll(List.of(args));
		Path input = write("in", in);
		Path out = write("out", "");
		Path err = write("err", "");
		ProcessBuilder builder = new ProcessBuilder(command).redirectInput(input.toFile())
			.redirectOutput(out.toFile())
			.redirectError(err.toFile());
		builder.environment().keySet().removeIf((name) -> name.startsWith("SPRING_") || name.startsWith("LATCHKEY_"));
		builder.environment().putAll(environment);
		Process process = builder.start();
		assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
		return new CommandRun(process.exitValue(), read(out), read(err));
	}

	private Path write(String name, String text) throws IOException {
		return Files.writeString(this.directory.resolve(name), text, StandardCharsets.UTF_8);
	}

	private static String read(Path file) throws IOException {
		return Files.readString(file, StandardCharsets.UTF_8);
	}

}
