package dev.latchkey.startup;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import dev.latchkey.LatchkeyApplication;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Starts the server as an operator does, in a process of its own.
 */
@Timeout(120)
class StartupFailureTests {

	@Test
	void whatIsWrongWithTheDatabaseIsAllThatIsSaid() throws Exception {
		List<String> output = startAndFail();
		assertThat(output).singleElement().asString().contains("ERROR").contains("No database is configured.");
	}

	@ParameterizedTest
	@CsvSource({ "--server.port, --management.server.port", "--management.server.port, --server.port" })
	void aTakenPortIsNamedLastAndWithItsSetting(String taken, String free) throws Exception {
		try (EmbeddedPostgres postgres = EmbeddedPostgres.start();
				ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			List<String> output = startAndFail("--spring.datasource.url=" + postgres.getJdbcUrl("postgres", "postgres"),
					taken + "=" + socket.getLocalPort(), free + "=0",
					taken.replace(".port", ".address") + "=127.0.0.1");
			assertThat(output).last()
				.asString()
				.contains("Port " + socket.getLocalPort() + " is already in use.")
				.contains(taken + "=<port>");
			assertThat(output).noneMatch((line) -> line.startsWith("\tat ") || line.contains("Exception"));
		}
	}

	private static List<String> startAndFail(String... arguments) throws IOException, InterruptedException {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
						"-cp", System.getProperty("java.class.path"), LatchkeyApplication.class.getName()));
		command.addAll(Arrays.asList(arguments));
		ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
		builder.environment().keySet().removeIf((name) -> name.startsWith("SPRING_") || name.startsWith("LATCHKEY_"));
		Process server = builder.start();
		List<String> output = server.inputReader().lines().toList();
		assertThat(server.waitFor()).isEqualTo(1);
		return output;
	}

}
