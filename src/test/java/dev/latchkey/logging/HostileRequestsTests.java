package dev.latchkey.logging;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;

import dev.latchkey.testing.Http;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Reads the whole log at DEBUG after requests that libraries like to print.
 */
@LatchkeyTest
@ExtendWith(OutputCaptureExtension.class)
class HostileRequestsTests {

	private static final int FRAGMENT = 10;

	private static final String PASSWORD = "Geheimes-Passwort-das-niemand-sieht";

	@Autowired
	private Http http;

	@Autowired
	private People people;

	private final LoggingSystem logging = LoggingSystem.get(getClass().getClassLoader());

	@BeforeEach
	void logEverything() {
		this.logging.setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, LogLevel.DEBUG);
	}

	@AfterEach
	void logAsUsual() {
		this.logging.setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, LogLevel.INFO);
	}

	@Test
	void noPartOfATokenIsInTheLogWhereverTheClientPutIt(CapturedOutput output) throws IOException {
		String token = this.people.raw(this.people.user(), "user:read");
		for (String head : heads(token)) {
			send(head + "\r\nHost: here\r\nConnection: close\r\n\r\n");
		}
		for (String body : List.of("{\"token\":\"%s\"}", "{\"tokens\":[\"%s1\",\"%1$s", "{\"%s\":1}", "\"%s\"",
				"token=%s&%1$s=%%ff&x=%%zz%1$s")) {
			for (String path : List.of("/api/tokens/diagnose", "/api/tokens/revoke", "/api/login", "/api/tokens")) {
				post(path, body.formatted(token));
			}
		}
		assertThat(output).contains("DEBUG").contains("Securing GET /api/user");
		assertThat(fragments(token.substring(4))).noneMatch(output.getAll()::contains);
		assertThat(fragments(base64(token))).noneMatch(output.getAll()::contains);
	}

	@Test
	void noPasswordIsInTheLog(CapturedOutput output) throws IOException {
		post("/api/login", """
				{"email":"nobody@example.com","password":"%s","token_name":"x","scopes":["user:read"]}"""
			.formatted(PASSWORD));
		post("/api/login", "{\"password\":\"%s\", ".formatted(PASSWORD));
		post("/api/login", "{\"password\":[\"%s\"]}".formatted(PASSWORD));
		post("/api/login", "{\"%s\":true}".formatted(PASSWORD));
		assertThat(output).contains("Securing POST /api/login");
		assertThat(fragments(PASSWORD)).noneMatch(output.getAll()::contains);
	}

	private static List<String> heads(String token) {
		String first = token.substring(0, 20);
		String second = token.substring(20);
		return List.of("GET /api/user HTTP/1.1\r\nAuthorization: Bearer " + token,
				"GET /api/user HTTP/1.1\r\nAuthorization: Bearer " + token + "x",
				"GET /api/user HTTP/1.1\r\nAuthorization: Bearer " + first + "\0" + second,
				"GET /api/user HTTP/1.1\r\nAuthorization: Bearer " + first + "\u00ff\u0080" + second,
				"GET /api/user HTTP/1.1\r\nAuthorization : Bearer " + token,
				"GET /api/user HTTP/1.1\r\nAuthorization\0: Bearer " + token,
				"GET /api/user HTTP/1.1\r\nAuthorization: " + token + "\r\nAuthorization: Bearer " + token,
				"GET /api/user HTTP/1.1\r\nAuthorization: Basic " + base64(token),
				"GET /api/user HTTP/1.1\r\nAuthorization: Bearer " + token.repeat(20_000),
				"GET /api/user HTTP/1.1\r\n" + token, "GET /api/user HTTP/1.1\r\n" + token + "\0: x",
				"GET /api/user HTTP/1.1\r\nCookie: SESSION=" + token + "; a=\"" + token,
				"GET /api/user HTTP/1.1\r\nTransfer-Encoding: " + token,
				"GET /api/user HTTP/1.1\r\nContent-Length: " + token,
				"GET /api/user HTTP/1.1\r\nAccept: " + token + "\r\nX-Forwarded-For: " + token,
				"GET /api/user?token=" + token + "&" + token + "=%ff HTTP/1.1",
				"GET /" + token + "/x;" + token + " HTTP/1.1", "GET /api/orders/" + token + "\0 HTTP/1.1",
				"GET /{" + token + "}|\\ HTTP/1.1", "GET /api/user HTTP/" + token, token + " /api/user HTTP/1.1",
				"GET\0" + token + " /api/user HTTP/1.1", "GET http://" + token + "@here/api HTTP/1.1");
	}

	private void post(String path, String body) throws IOException {
		for (String type : List.of("application/json", "application/x-www-form-urlencoded")) {
			send("POST " + path + " HTTP/1.1\r\nHost: here\r\nConnection: close\r\nContent-Type: " + type
					+ "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
		}
	}

	// Waits until the server has closed, and with it written what it had to say.
	private void send(String request) throws IOException {
		try (Socket socket = new Socket("127.0.0.1", this.http.port())) {
			socket.setSoTimeout(10_000);
			OutputStream out = socket.getOutputStream();
			try {
				out.write(request.getBytes(StandardCharsets.ISO_8859_1));
				out.flush();
				socket.getInputStream().readAllBytes();
			}
			catch (IOException ex) {
				// It need not listen to the end of a megabyte.
				assertThat(ex).hasMessageNotContaining("timed out");
			}
		}
	}

	private static List<String> fragments(String secret) {
		return IntStream.range(0, secret.length() - FRAGMENT)
			.mapToObj((start) -> secret.substring(start, start + FRAGMENT))
			.toList();
	}

	private static String base64(String token) {
		return Base64.getEncoder().encodeToString((token + ":").getBytes(StandardCharsets.US_ASCII));
	}

}
