package dev.latchkey.security;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import com.jayway.jsonpath.JsonPath;
import dev.latchkey.testing.ServerProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Odd bytes get a sane answer, and at DEBUG the log holds no token all the same.
 */
class HostileBytesTests {

	private static final String PASSWORD = "a long pass phrase";

	private static final String ADMIN = "first@example.com";

	/** The sign ~ stands for a good token. */
	private static final List<String> REQUESTS = List.of(
			"GET /api/user HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ~\0\r\n\r\n",
			"GET /api/user HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer \0~\r\n\r\n",
			"GET /api/user HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ~\rX: y\r\n\r\n",
			"GET /api/user HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ~\nX: ~\n\n",
			"GET /api/user HTTP/1.1\r\nHost: x\r\nAuthorization Bearer ~\r\n\r\n",
			"GET /api/user HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer\r\n ~\r\n\r\n",
			"GET /api/user HTTP/1.1\r\nHost: x\r\nAuthorization : Bearer ~\r\n\r\n",
			"GET /api/user HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ~é\u0080\r\n\r\n",
			"GET /api/user HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ~, Bearer ~\r\n\r\n",
			"GET /api/user HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ~\r\nAuthorization: Bearer ~\r\n\r\n",
			"GET /api/user HTTP/1.1\r\nHost: x\r\nAuthorization: ~\r\n\r\n",
			"GET /api/user HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ~#\r\n\r\n",
			"GET /api/user HTTP/1.1\r\nHost: x\r\n~: x\r\n\r\n", "GET /api/user HTTP/1.1\r\nHost: x\r\n~\r\n\r\n",
			"GET /api/user HTTP/1.1\r\nHost: ~:~\r\n\r\n", "GET /api/user HTTP/1.1\r\nHost: x\r\nHost: ~\r\n\r\n",
			"GET /api/user HTTP/1.1\r\nHost: x\r\nContent-Length: ~\r\n\r\n",
			"GET /api/user HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: ~\r\n\r\n",
			"GET /api/user HTTP/1.1\r\nHost: x\r\nCookie: latchkey_session=~; ~=~; ~\r\n\r\n",
			"GET /api/user HTTP/1.1\r\nHost: x\r\nAccept: ~\r\nOrigin: ~\r\nX-Forwarded-For: ~\r\n\r\n",
			"GET /api/user?access_token=~&~ HTTP/1.1\r\nHost: x\r\n\r\n",
			"GET /api/tokens/~ HTTP/1.1\r\nHost: x\r\n\r\n", "GET /~ HTTP/1.1\r\nHost: x\r\n\r\n",
			"GET /api/%00~ HTTP/1.1\r\nHost: x\r\n\r\n", "GET /api/user?x=\"<~> HTTP/1.1\r\nHost: x\r\n\r\n",
			"GET /api/é~ HTTP/1.1\r\nHost: x\r\n\r\n", "GET ~ HTTP/1.1\r\nHost: x\r\n\r\n",
			"~ /api/user HTTP/1.1\r\nHost: x\r\n\r\n", "~\0 /api/user HTTP/1.1\r\nHost: x\r\n\r\n",
			"GET /api/user ~\r\nHost: x\r\n\r\n", "GET /api/user?~\r\n\r\n", "~\r\n\r\n", "\0\0\0~\0\0\0\r\n\r\n",
			"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n~", "\u0016\u0003\u0001\u0002\0\u0001\0\u0001~\r\n\r\n",
			"POST /api/tokens/diagnose HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 60\r\n\r\n[\"~\"   ",
			"POST /api/login HTTP/1.1\r\nHost: x\r\nContent-Type: ~\r\nContent-Length: 53\r\n\r\n~",
			"POST /api/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n~\r\n",
			"POST /login HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 62\r\n\r\npassword=~",
			"POST /api/tokens/~/rotate HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ~\r\nContent-Length: 0\r\n\r\n");

	private int port;

	@Test
	void theLogHoldsNoTokenAfterAHostileRun(@TempDir Path directory) throws Exception {
		Map<String, String> admin = Map.of("LATCHKEY_ADMIN_EMAIL", ADMIN, "LATCHKEY_ADMIN_PASSWORD", PASSWORD);
		try (ServerProcess server = new ServerProcess(directory.resolve("server.log"), admin,
				"--logging.level.root=debug")) {
			this.port = server.port();
			await().atMost(Duration.ofMinutes(1))
				.until(() -> server.log().contains("Made the first administrator, " + ADMIN));
			String token = signIn();
			for (String request : REQUESTS) {
				assertSane(send(request.replace("~", token)), token);
			}
			assertSane(send(withHugeHeader("Authorization: Bearer " + token + "a".repeat(1 << 20))), token);
			assertSane(send(withHugeHeader("X-Junk: " + (token + " ").repeat(20_000))), token);
			assertSane(send("GET /api/" + (token + "/").repeat(20_000) + " HTTP/1.1\r\nHost: x\r\n\r\n"), token);
			assertThat(send("GET /api/user HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer %s\r\n\r\n"
				.formatted(token))).startsWith("HTTP/1.1 200").contains(ADMIN, "SUPERUSER");
			assertThat(server.log()).contains(" DEBUG ")
				.doesNotContain(token.substring(4, 16))
				.doesNotContain(token.substring(30, 45))
				.doesNotContain(PASSWORD, "passwordHash=", "{bcrypt}", "digest=[");
		}
	}

	private static String withHugeHeader(String header) {
		return "GET /api/user HTTP/1.1\r\nHost: x\r\n" + header + "\r\n\r\n";
	}

	/**
	 * What is refused before it is a request may be answered by hanging up; a request of
	 * HTTP/0.9 gets a body alone.
	 */
	private static void assertSane(String answer, String token) {
		assertThat(answer).doesNotContain("Exception", "\tat ", token.substring(4, 30));
		if (!answer.isEmpty()) {
			assertThat(answer).containsPattern("^(HTTP/1\\.1 ([234]\\d\\d|501|505) |\\{\"detail\":)");
		}
		if (answer.contains("Content-Type") && answer.contains(" 400 ")) {
			assertThat(answer).contains("application/problem+json");
		}
	}

	private String signIn() throws Exception {
		HttpResponse<String> answer = HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/api/login".formatted(this.port)))
				.header("Content-Type", "application/json")
				.POST(BodyPublishers
					.ofString("{\"email\":\"%s\",\"password\":\"%s\",\"token_name\":\"x\",\"scopes\":[\"*\"]}"
						.formatted(ADMIN, PASSWORD)))
				.build(), BodyHandlers.ofString());
		assertThat(answer.statusCode()).isEqualTo(201);
		return JsonPath.read(answer.body(), "$.token");
	}

	private String send(String request) throws IOException {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.port)) {
			socket.setSoTimeout(1500);
			try {
				socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
				socket.getOutputStream().flush();
			}
			catch (SocketException ex) {
				// The server has heard enough.
			}
			return read(socket.getInputStream());
		}
	}

	private static String read(InputStream answer) throws IOException {
		StringBuilder text = new StringBuilder();
		byte[] buffer = new byte[8192];
		try {
			int read = answer.read(buffer);
			while (read >= 0) {
				text.append(new String(buffer, 0, read, StandardCharsets.ISO_8859_1));
				read = answer.read(buffer);
			}
		}
		catch (SocketTimeoutException | SocketException ex) {
			// The server waits for more, or has hung up.
		}
		return text.toString();
	}

}
