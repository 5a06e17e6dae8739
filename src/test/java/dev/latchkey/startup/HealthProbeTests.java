package dev.latchkey.startup;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Map;

import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the image's health check says of a server.
 */
class HealthProbeTests {

	@Test
	void aServerThatAnswers200IsWell() throws IOException {
		assertThat(ask(200)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(ints = { 204, 302, 404, 500, 503 })
	void aServerThatAnswersAnythingElseIsNot(int status) throws IOException {
		assertThat(ask(status)).isFalse();
	}

	@Test
	void whereNobodyListensNothingIsWell() throws IOException {
		int free;
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			free = socket.getLocalPort();
		}
		assertThat(HealthProbe.isGood(free, "/livez")).isFalse();
	}

	@Test
	void whoSaysNothingIsNotWell() throws IOException {
		try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			assertThat(HealthProbe.isGood(silent.getLocalPort(), "/livez")).isFalse();
		}
	}

	@Test
	void itAsksAtThePortThatTheServerWasGiven() {
		assertThat(HealthProbe.port(Map.of())).isEqualTo(8080);
		assertThat(HealthProbe.port(Map.of("SERVER_PORT", "9090"))).isEqualTo(9090);
		assertThat(HealthProbe.port(Map.of("SERVER_PORT", "${PORT}"))).isEqualTo(8080);
	}

	private static boolean ask(int status) throws IOException {
		HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		server.createContext("/readyz", (exchange) -> {
			exchange.sendResponseHeaders(status, -1);
			exchange.close();
		});
		server.start();
		try {
			return HealthProbe.isGood(server.getAddress().getPort(), "/readyz");
		}
		finally {
			server.stop(0);
		}
	}

}
