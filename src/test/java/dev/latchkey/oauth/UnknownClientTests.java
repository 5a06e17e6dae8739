package dev.latchkey.oauth;

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
 * Who does not say which client it is.
 */
@LatchkeyTest
class UnknownClientTests {

	@Autowired
	private Http http;

	@ParameterizedTest
	@ValueSource(strings = { "grant_type=refresh_token&refresh_token=a-secret",
			"grant_type=authorization_code&client_id=some-app&code=a-secret",
			"grant_type=client_credentials&client_secret=a-secret", "refresh_token=a-secret", "" })
	void aRequestForATokenWithoutAClientIsRefusedAndNotRepeated(String form) {
		Answer answer = send("/oauth2/token", form);
		assertUnknown(answer);
		assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
		assertThat(answer.header("Location")).isNull();
		assertThat(answer.response().headers().map().toString() + answer.body()).doesNotContain("a-secret");
	}

	@Test
	void aBrowserThatAsksForATokenIsNotSentToTheSignInEither() {
		Answer answer = this.http.send("POST", "/oauth2/token", "refresh_token=a-secret",
				Map.of("Content-Type", List.of("application/x-www-form-urlencoded"), "Accept", List.of("text/html")));
		assertUnknown(answer);
	}

	private static void assertUnknown(Answer answer) {
		assertThat(answer.status()).as(answer.body()).isEqualTo(401);
		assertThat(answer.<String>json("error")).isEqualTo("invalid_client");
		assertThat(answer.header("WWW-Authenticate")).startsWith("Basic ");
	}

	private Answer send(String path, String form) {
		return this.http.send("POST", path, form,
				Map.of("Content-Type", List.of("application/x-www-form-urlencoded")));
	}

}
