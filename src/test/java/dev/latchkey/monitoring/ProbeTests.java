package dev.latchkey.monitoring;

import java.util.List;
import java.util.Map;

import dev.latchkey.testing.Http;
import dev.latchkey.testing.Http.Answer;
import dev.latchkey.testing.LatchkeyTest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Balancers, and people with a browser, ask for what they like.
 */
@LatchkeyTest
class ProbeTests {

	@Autowired
	private Http http;

	/** What goes through all headers finds none without a value. */
	@ParameterizedTest
	@ValueSource(strings = { "GET", "HEAD", "POST", "OPTIONS", "TRACE" })
	void noMethodBreaksIt(String method) {
		for (String path : List.of("/livez", "/readyz")) {
			Answer answer = this.http.send(method, path, null,
					Map.of("Accept", List.of("text/html"), "X-Other", List.of("x")));
			assertThat(answer.status()).as(path).isLessThan(500);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "POST", "DELETE", "TRACE" })
	void whatIsRefusedThereIsSaidToAProgram(String method) {
		for (String path : List.of("/livez", "/readyz")) {
			Answer answer = this.http.send(method, path, null, Map.of("Accept", List.of("text/html")));
			assertThat(answer.status()).as(path).isEqualTo(405);
			assertThat(answer.header("Content-Type")).as(path).isEqualTo("application/problem+json");
			assertThat(answer.code()).as(path).isEqualTo("method_not_allowed");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "text/plain", "text/html", "image/*;q=0.8", "no type", "" })
	void aProbeIsAnsweredWhateverItAccepts(String accepted) {
		for (String path : List.of("/livez", "/readyz")) {
			Answer answer = this.http.send("GET", path, null, Map.of("Accept", List.of(accepted)));
			assertThat(answer.status()).as(path).isEqualTo(200);
			assertThat(answer.<String>json("status")).as(path).isEqualTo("UP");
		}
	}

}
