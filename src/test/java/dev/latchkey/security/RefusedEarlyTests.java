package dev.latchkey.security;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;

import dev.latchkey.testing.Http;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.Routes;
import dev.latchkey.testing.Routes.Route;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Requests so long or so odd that the container would refuse, or does refuse, them before
 * any filter sees them, in bytes that no client library sends.
 */
@LatchkeyTest
class RefusedEarlyTests {

	private static final String[] PATHS = { "/api/user", "/api/tokens/diagnose", "/login", "/tokens", "/oauth2/token",
			"/oauth2/authorize", "/forward-auth" };

	private static final String HOST = "Host: localhost\r\nConnection: close\r\n";

	@Autowired
	private Http http;

	@Autowired
	private Routes routes;

	@ParameterizedTest
	@ValueSource(ints = { 513, 5000, 9000, 20_000, 60_000, 100_000, 1_000_000 })
	void aHeaderOverFiveHundredAndTwelveCharactersGetsTheChallenge(int length) throws IOException {
		String head = " HTTP/1.1\r\n" + HOST + "Authorization: Bearer " + "a".repeat(length) + "\r\n\r\n";
		assertThat(send("GET /api/user" + head)).startsWith("HTTP/1.1 400")
			.contains("WWW-Authenticate: Bearer realm=\"latchkey\", error=\"invalid_request\"",
					"application/problem+json", "\"code\":\"invalid_request\"");
		assertThat(send("GET /forward-auth" + head)).startsWith("HTTP/1.1 401")
			.contains("WWW-Authenticate: Bearer realm=\"latchkey\", error=\"invalid_token\"");
	}

	/** Wherever the filters challenge a header, its length makes no difference. */
	@Test
	void everyRouteChallengesAHeaderThatTheContainerCouldNotRead() throws IOException {
		Set<String> challenging = new TreeSet<>();
		for (Route route : this.routes.all()) {
			String head = "%s %s HTTP/1.1\r\n%sAuthorization: Bearer ".formatted(route.method(), route.path(), HOST);
			String malformed = send(head + "!\r\n\r\n");
			if (malformed.startsWith("HTTP/1.1 400") && malformed.contains("WWW-Authenticate: Bearer realm")) {
				challenging.add(route.path());
				assertThat(send(head + "a".repeat(100_000) + "\r\n\r\n")).as(route.toString())
					.startsWith("HTTP/1.1 400")
					.contains("WWW-Authenticate: Bearer realm=\"latchkey\", error=\"invalid_request\"",
							"application/problem+json", "\"code\":\"invalid_request\"");
			}
		}
		assertThat(challenging).contains("/api/user", "/admin/my-account", "/user/my-account");
	}

	@Test
	void aTokenWithACharacterThatNoHeaderMayHaveGetsTheChallenge() throws IOException {
		String head = " HTTP/1.1\r\n" + HOST + "Authorization: Bearer a\0b\r\n\r\n";
		assertThat(send("GET /api/user" + head)).startsWith("HTTP/1.1 400").contains("error=\"invalid_request\"");
		assertThat(send("GET /forward-auth" + head)).startsWith("HTTP/1.1 401").contains("error=\"invalid_token\"");
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET % HTTP/1.1\r\n~X: a\0b\r\n\r\n", "GET % HTTP/1.1\r\n~Nocolon\r\n\r\n",
			"GET % HTTP/1.1\r\nHost: a b\r\n\r\n", "GET % HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
			"GET % HTTP/1.1\r\n\r\n", "GET %?\1 HTTP/1.1\r\n~\r\n", "GET %/%zz HTTP/1.1\r\n~\r\n",
			"G(T % HTTP/1.1\r\n~\r\n", "GET % HTTP/3.1\r\n~\r\n", "POST % HTTP/1.1\r\n~Content-Length: x\r\n\r\n",
			"POST % HTTP/1.1\r\n~Content-Length: 0\r\nContent-Length: 0\r\n\r\n",
			"POST % HTTP/1.1\r\n~Transfer-Encoding: odd\r\n\r\n" })
	void whatTheContainerRefusesIsAProblemOnEveryPath(String request) throws IOException {
		for (String path : PATHS) {
			assertRefused(request.replace(" %", " " + path).replace("~", HOST));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET %?LONG HTTP/1.1\r\n~\r\n", "GET % HTTP/1.1\r\n~X: LONG\r\n\r\n",
			"GET % HTTP/1.1\r\n~MANY\r\n" })
	void whatIsTooLongOrTooMuchIsAProblemOnEveryPath(String request) throws IOException {
		for (String path : PATHS) {
			assertRefused(request.replace(" %", " " + path)
				.replace("~", HOST)
				.replace("LONG", "a".repeat(70_000))
				.replace("MANY", "X: y\r\n".repeat(150)));
		}
	}

	private void assertRefused(String request) throws IOException {
		assertThat(send(request)).containsPattern("^HTTP/1\\.1 (400|401|403|501|505) ")
			.contains("application/problem+json", "\"code\":\"")
			.doesNotContain("Exception", "Tomcat");
	}

	private String send(String request) throws IOException {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.http.port())) {
			try {
				socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
			}
			catch (SocketException ex) {
				// It was refused before all of it had been read; the answer says how.
			}
			return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		}
	}

}
