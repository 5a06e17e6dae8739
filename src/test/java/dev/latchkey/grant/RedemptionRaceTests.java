package dev.latchkey.grant;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.jayway.jsonpath.JsonPath;
import dev.latchkey.caller.User;
import dev.latchkey.client.Client;
import dev.latchkey.client.RegisteredSecret;
import dev.latchkey.scope.Scopes;
import dev.latchkey.testing.App;
import dev.latchkey.testing.Apps;
import dev.latchkey.testing.ClientRequest;
import dev.latchkey.testing.Forms;
import dev.latchkey.testing.Http;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import dev.latchkey.testing.Pkce;
import dev.latchkey.token.TokenDigest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two requests redeem the same, and the second one had come in before the first one was
 * done, however long it took on its way to the flow: a race, which ends nothing. What
 * comes in later is a reuse at each of the doors.
 */
@LatchkeyTest
class RedemptionRaceTests {

	@Autowired
	private Http http;

	@Autowired
	private People people;

	@Autowired
	private Apps apps;

	@Autowired
	private AuthorizationStore authorizations;

	@Autowired
	private Clock clock;

	private User user;

	private App app;

	@BeforeEach
	void registerClient() {
		this.user = this.people.user();
		this.app = this.apps.own(this.user);
	}

	@ParameterizedTest
	@EnumSource
	void whoHadComeInBeforeTheWinnerWasDoneIsOnlyRefused(Door door) throws IOException {
		String body = body(door);
		try (SlowRequest late = new SlowRequest(door, body)) {
			String winner = send(door, body);
			assertThat(late.finish()).as("the late one").doesNotContain("HTTP/1.1 200");
			assertThat(this.http.get("/api/user", winner).status()).as("the winner's token").isEqualTo(200);
		}
	}

	@ParameterizedTest
	@EnumSource
	void whoComesInAfterwardsEndsWhatTheWinnerGot(Door door) throws IOException {
		String body = body(door);
		String winner = send(door, body);
		try (SlowRequest replay = new SlowRequest(door, body)) {
			assertThat(replay.finish()).doesNotContain("HTTP/1.1 200");
		}
		assertThat(this.http.get("/api/user", winner).status()).isEqualTo(401);
	}

	private String body(Door door) {
		if (door == Door.CODE) {
			RegisteredSecret app = this.apps.register(ClientRequest.named("Some App")
				.redirectingTo("https://app.example/callback")
				.allowed("user:read")
				.by("authorization_code", "refresh_token"));
			return Forms.form("grant_type", "authorization_code", "code", code(app.client()), "code_verifier",
					Pkce.VERIFIER, "client_id", app.client().clientId(), "client_secret", app.secret().value());
		}
		String refresh = this.app.signIn(this.user).json("refresh_token");
		return (door == Door.REFRESH) ? Forms.form("grant_type", "refresh_token", "refresh_token", refresh, "client_id",
				this.app.id(), "client_secret", this.app.secret()) : this.app.refreshBody(refresh);
	}

	private String code(Client client) {
		String code = UUID.randomUUID().toString();
		this.authorizations
			.save(new AuthorizationRow(UUID.randomUUID(), client.id(), this.user.id(), null, this.clock.instant(), null,
					new AskedRights(Scopes.of("user:read"), Scopes.of("user:read"), null), null, null, Pkce.CHALLENGE),
					null, TokenDigest.of(code));
		return code;
	}

	private String send(Door door, String body) {
		Http.Answer answer = this.http.send("POST", door.path, body, Map.of("Content-Type", List.of(door.type)));
		assertThat(answer.status()).as(answer.body()).isEqualTo(200);
		return JsonPath.read(answer.body(), "$.access_token");
	}

	/** Where something is redeemed once. */
	private enum Door {

		CODE("/oauth2/token", "application/x-www-form-urlencoded"),

		REFRESH("/oauth2/token", "application/x-www-form-urlencoded"),

		REFRESH_IN_JSON("/security/refresh-token", "application/json");

		private final String path;

		private final String type;

		Door(String path, String type) {
			this.path = path;
			this.type = type;
		}

	}

	/** Has come in as far as its headers, and sends its body when it is told to. */
	private final class SlowRequest implements AutoCloseable {

		private final Socket socket;

		private final byte[] body;

		private SlowRequest(Door door, String body) throws IOException {
			this.body = body.getBytes(StandardCharsets.UTF_8);
			this.socket = new Socket("127.0.0.1", RedemptionRaceTests.this.http.port());
			write("""
					POST %s HTTP/1.1\r
					Host: 127.0.0.1:%d\r
					Content-Type: %s\r
					Content-Length: %d\r
					Expect: 100-continue\r
					Connection: close\r
					\r
					""".formatted(door.path, this.socket.getPort(), door.type, this.body.length)
				.getBytes(StandardCharsets.US_ASCII));
			byte[] go = this.socket.getInputStream().readNBytes("HTTP/1.1 100 \r\n\r\n".length());
			assertThat(new String(go, StandardCharsets.US_ASCII)).startsWith("HTTP/1.1 100");
		}

		private String finish() throws IOException {
			write(this.body);
			return new String(this.socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		}

		private void write(byte[] bytes) throws IOException {
			this.socket.getOutputStream().write(bytes);
			this.socket.getOutputStream().flush();
		}

		@Override
		public void close() throws IOException {
			this.socket.close();
		}

	}

}
