package dev.latchkey.security;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import dev.latchkey.testing.Http;
import dev.latchkey.testing.Http.Answer;
import dev.latchkey.testing.LatchkeyTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Headers with bytes that no client library sends.
 */
@LatchkeyTest
class OddHeaderTests {

	@Autowired
	private Http http;

	@ParameterizedTest
	@ValueSource(strings = { "lkp_€", "lkp_é", "lkp_À", "lkp_\u0085" })
	void aTokenWithAnyOtherCharacterIsAMalformedHeader(String token) throws IOException {
		assertThat(get("/api/user", token)).startsWith("HTTP/1.1 400").contains("error=\"invalid_request\"");
		assertThat(get("/forward-auth", token)).startsWith("HTTP/1.1 401").contains("error=\"invalid_token\"");
	}

	@Test
	void anOriginThatCannotBeReadIsAnotherOne() {
		Answer answer = this.http.send("GET", "/forward-auth", null, Map.of("Origin", List.of("http://[")));
		assertThat(answer.status()).isEqualTo(401);
	}

	private String get(String path, String token) throws IOException {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.http.port())) {
			String request = "GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer %s\r\n\r\n"
				.formatted(path, token);
			socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
			return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		}
	}

}
