package dev.latchkey.client;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
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
 * Who does not say which client it is, or says what no client can be called.
 */
@LatchkeyTest
class UnknownClientTests {

	private static final String NUL = "\0";

	@Autowired
	private Http http;

	@ParameterizedTest
	@ValueSource(strings = { "grant_type=refresh_token&refresh_token=a-secret",
			"grant_type=authorization_code&client_id=some-app&code=a-secret",
			"grant_type=client_credentials&client_secret=a-secret", "refresh_token=a-secret", "" })
	void aRequestForATokenWithoutAClientIsRefusedAndNotRepeated(String form) {
		Answer answer = send("/oauth2/token", form, null);
		assertUnknown(answer);
		assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
		assertThat(answer.header("Location")).isNull();
		assertThat(answer.response().headers().map().toString() + answer.body()).doesNotContain("a-secret");
	}

	@Test
	void aBrowserThatAsksForATokenIsNotSentToTheSignInEither() {
		Answer answer = this.http.sendForm("/oauth2/token", "refresh_token=a-secret",
				Map.of("Accept", List.of("text/html")));
		assertUnknown(answer);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/oauth2/introspect", "/oauth2/revoke" })
	void anIdThatNoClientCanHaveIsUnknown(String path) {
		for (String id : List.of(NUL, "a" + NUL, "x".repeat(65), " ", "ä".repeat(5), "https%3A%2F%2Fa%00/x")) {
			String basic = Base64.getEncoder().encodeToString((id + ":x").getBytes(StandardCharsets.UTF_8));
			assertUnknown(send(path, "token=x&grant_type=client_credentials", "Basic " + basic));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "/oauth2/introspect", "/oauth2/revoke" })
	void thatHoldsInTheFormToo(String path) {
		assertUnknown(send(path, "token=x&client_id=%00&client_secret=x", null));
		assertUnknown(send(path, "token=x&client_id=https://a%00/x&client_secret=x", null));
	}

	@Test
	void thatHoldsInABodyOfJsonToo() {
		String client = "\"client_id\":\"\\u0000\",\"client_secret\":\"x\"";
		Answer generate = this.http.post("/security/generate-token",
				"{\"grant_type\":\"password\",\"scope\":\"api\",\"username\":\"x\",\"password\":\"x\",%s}"
					.formatted(client));
		assertThat(generate.status()).isEqualTo(400);
		assertThat(generate.<String>json("error")).isEqualTo("Invalid credentials.");
		Answer refresh = this.http.post("/security/refresh-token",
				"{\"grant_type\":\"refresh_token\",\"refresh_token\":\"x\",%s}".formatted(client));
		assertThat(refresh.status()).isEqualTo(401);
	}

	private static void assertUnknown(Answer answer) {
		assertThat(answer.status()).as(answer.body()).isEqualTo(401);
		assertThat(answer.<String>json("error")).isEqualTo("invalid_client");
		assertThat(answer.header("WWW-Authenticate")).startsWith("Basic ");
	}

	private Answer send(String path, String form, String authorization) {
		return this.http.sendForm(path, form,
				(authorization != null) ? Map.of("Authorization", List.of(authorization)) : Map.of());
	}

}
