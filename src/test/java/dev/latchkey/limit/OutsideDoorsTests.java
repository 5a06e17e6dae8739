package dev.latchkey.limit;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.latchkey.testing.Forms;
import dev.latchkey.testing.Http;
import dev.latchkey.testing.Http.Answer;
import dev.latchkey.testing.People;
import dev.latchkey.testing.Pkce;
import dev.latchkey.testing.SecretScanner;
import dev.latchkey.testing.TestClock;
import dev.latchkey.testing.ThirdSettingsTest;
import dev.latchkey.testing.Visitor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Contract 4, Limits, of what nobody here has asked for: reports of scanners, and
 * documents of clients. The network is what the proxy in front says.
 */
@ThirdSettingsTest
class OutsideDoorsTests {

	private static final String HERE = "203.0.113.9";

	private static final String ELSEWHERE = "198.51.100.77";

	@Autowired
	private Http http;

	@Autowired
	private People people;

	@Autowired
	private TestClock clock;

	@BeforeEach
	void stopTheClock() {
		this.clock.stop();
	}

	@Test
	void sixtyReportsAreRefusedThatNobodyHasSignedAndTheSignedOnesBesideThemAreTaken() {
		String found = this.people.raw(this.people.user(), "user:read");
		String body = "[{\"token\":\"%s\",\"type\":\"x\"}]".formatted(found);
		Map<String, List<String>> forged = SecretScanner.headers(SecretScanner.IDENTIFIER, SecretScanner.sign("[]"));
		for (int i = 0; i < 60; i++) {
			assertThat(report(body, (i % 2 == 0) ? forged : Map.of(), HERE).status()).isEqualTo(403);
		}
		for (Map<String, List<String>> unsigned : List.of(forged, Map.<String, List<String>>of())) {
			Answer answer = report(body, unsigned, HERE);
			assertThat(answer.status()).as(answer.body()).isEqualTo(429);
			assertThat(answer.code()).isEqualTo("rate_limited");
			assertThat(Integer.parseInt(answer.header("Retry-After"))).isBetween(1, 60);
			assertThat(report(body, unsigned, ELSEWHERE).status()).isEqualTo(403);
		}
		assertThat(this.http.get("/api/user", found).status()).isEqualTo(200);
		Answer signed = report(body, SecretScanner.headers(SecretScanner.IDENTIFIER, SecretScanner.sign(body)), HERE);
		assertThat(signed.status()).as(signed.body()).isEqualTo(200);
		assertThat(this.http.get("/api/user", found).status()).isEqualTo(401);
	}

	private Answer report(String body, Map<String, List<String>> headers, String from) {
		return send("POST", "/secret-scanning/alerts", body, headers, from);
	}

	/** Nothing listens at the port that is never given out. */
	@Test
	void sixtyDocumentsOfClientsAreAskedForAndWhoeverSignsInReadsSo() {
		Visitor visitor = new Visitor(this.http.base()).signIn(this.people.user());
		for (int i = 0; i < 60; i++) {
			Answer answer = authorize(visitor, i, HERE);
			assertThat(answer.status()).as(answer.body()).isIn(400, 503);
		}
		Answer answer = authorize(visitor, 60, HERE);
		assertThat(answer.status()).as(answer.body()).isEqualTo(429);
		assertThat(Integer.parseInt(answer.header("Retry-After"))).isBetween(1, 60);
		assertThat(answer.header("Content-Type")).startsWith("text/html");
		assertThat(answer.body()).contains("Too many client documents were asked for");
		assertThat(authorize(visitor, 60, ELSEWHERE).status()).isIn(400, 503);
		assertThat(authorize(visitor, 60, HERE).status()).as("what is known is not asked for").isIn(400, 503);
	}

	private Answer authorize(Visitor visitor, int number, String from) {
		String path = "/oauth2/authorize?" + Forms.form("response_type", "code", "client_id",
				"https://localhost:1/client-%d.json".formatted(number), "redirect_uri", "https://app.example/back",
				"scope", "user:read", "state", "x", "code_challenge", Pkce.CHALLENGE, "code_challenge_method", "S256");
		return send("GET", path, null,
				Map.of("Accept", List.of("text/html"), "Cookie", List.of("latchkey_session=" + visitor.session())),
				from);
	}

	private Answer send(String method, String path, String body, Map<String, List<String>> headers, String from) {
		Map<String, List<String>> all = new HashMap<>(headers);
		all.put("X-Forwarded-For", List.of(from));
		return this.http.send(method, path, body, all);
	}

}
