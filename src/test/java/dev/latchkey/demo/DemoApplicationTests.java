package dev.latchkey.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Starts demo mode as a newcomer does, in a process of its own.
 */
@Timeout(240)
class DemoApplicationTests {

	private static final Pattern READY = Pattern.compile("Latchkey is ready at (http://127\\.0\\.0\\.1:\\d+) .*");

	@TempDir
	private Path directory;

	private Process server;

	@AfterEach
	void end() throws InterruptedException {
		this.server.destroy();
		this.server.waitFor();
	}

	@Test
	void aServerThatWasKilledStartsAgainAndAnInterruptedOneLeavesNothingRunning() throws Exception {
		String address = start();
		assertThat(get(address + "/livez")).isEqualTo(200);
		assertThatOnlyThisMachinesNamesAreAnswered(URI.create(address).getPort());
		String survivor = postmaster();
		this.server.destroyForcibly().waitFor();
		assertThat(postmaster()).isEqualTo(survivor);

		assertThat(get(start() + "/readyz")).isEqualTo(200);
		assertThat(postmaster()).isNotEqualTo(survivor);
		new ProcessBuilder("kill", "-INT", Long.toString(this.server.pid())).start();
		assertThat(this.server.waitFor()).isEqualTo(130);
		assertThat(this.directory.resolve("data/postmaster.pid")).doesNotExist();
		assertThat(Files.readString(this.directory.resolve("postgresql.log"))).contains("database system is shut down");
	}

	private String start() throws IOException {
		this.server = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"),
				DemoApplication.class.getName(), "--server.port=0", "--management.server.port=0",
				"--server.address=0.0.0.0", "--latchkey.demo.directory=" + this.directory)
			.redirectErrorStream(true)
			.start();
		BufferedReader output = this.server.inputReader();
		StringBuilder seen = new StringBuilder();
		String line;
		while ((line = output.readLine()) != null) {
			seen.append(line).append('\n');
			Matcher ready = READY.matcher(line);
			if (ready.matches()) {
				return ready.group(1);
			}
		}
		throw new IOException("not ready:\n" + seen);
	}

	private String postmaster() throws IOException {
		return Files.readAllLines(this.directory.resolve("data/postmaster.pid")).get(0);
	}

	/** A page that makes its own name point here finds no public passwords. */
	private static void assertThatOnlyThisMachinesNamesAreAnswered(int port) throws IOException {
		for (String path : List.of("/login", "/api/user", "/oauth2/token", "/v3/api-docs")) {
			assertThat(status(port, path, "rebound.example:" + port)).as(path).isEqualTo(421);
			assertThat(status(port, path, "localhost.rebound.example")).as(path).isEqualTo(421);
		}
		for (String name : List.of("127.0.0.1", "[::1]", "localhost", "LOCALHOST")) {
			assertThat(status(port, "/login", name + ":" + port)).as(name).isEqualTo(200);
		}
		assertThat(status(port, "/livez", "rebound.example")).isEqualTo(200);
	}

	private static int status(int port, String path, String host) throws IOException {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
			socket.getOutputStream()
				.write("GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n".formatted(path, host)
					.getBytes(StandardCharsets.US_ASCII));
			String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			return Integer.parseInt(answer.substring("HTTP/1.1 ".length(), "HTTP/1.1 200".length()));
		}
	}

	private static int get(String address) throws IOException, InterruptedException {
		HttpRequest request = HttpRequest.newBuilder(URI.create(address)).build();
		return HttpClient.newHttpClient().send(request, BodyHandlers.discarding()).statusCode();
	}

}
