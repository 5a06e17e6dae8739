package dev.latchkey.monitoring;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.latchkey.testing.Http;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import dev.latchkey.testing.TokenRequest;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * What Prometheus is told.
 */
@LatchkeyTest
class MetersTests {

	@LocalManagementPort
	private int port;

	@Autowired
	private Http http;

	@Autowired
	private People people;

	@Test
	void verificationsAreCountedByWhatWasFound() throws IOException, InterruptedException {
		String accepted = "latchkey_verifications_total{outcome=\"accepted\",reason=\"none\"}";
		String malformed = "latchkey_verifications_total{outcome=\"refused\",reason=\"malformed\"}";
		Map<String, Double> before = values();
		String token = this.people.raw(this.people.user(), "user:read");
		this.http.get("/api/user", token);
		this.http.get("/api/user", token + "x");
		Map<String, Double> after = values();
		assertThat(after.get(accepted)).isGreaterThan(before.get(accepted));
		assertThat(after.get(malformed)).isGreaterThan(before.get(malformed));
	}

	@Test
	void aTokenThatIsUsedTooOftenIsNotCountedAsAccepted() throws IOException, InterruptedException {
		String accepted = "latchkey_verifications_total{outcome=\"accepted\",reason=\"none\"}";
		String limited = "latchkey_verifications_total{outcome=\"limited\",reason=\"none\"}";
		String token = this.people.raw(this.people.user(), TokenRequest.of("user:read").atMost(1));
		Map<String, Double> before = values();
		assertThat(this.http.get("/api/user", token).status()).isEqualTo(200);
		assertThat(this.http.get("/api/user", token).status()).isEqualTo(429);
		Map<String, Double> after = values();
		assertThat(after.get(accepted)).isEqualTo(before.get(accepted) + 1);
		assertThat(after.get(limited)).isEqualTo(before.get(limited) + 1);
	}

	@Test
	void whatTheAuditHasARowForIsCounted() throws IOException, InterruptedException {
		String made = "latchkey_acts_total{action=\"token.created\"}";
		double before = values().get(made);
		String token = this.people.raw(this.people.user(), "tokens:write");
		this.http.post("/api/tokens", token, "{\"name\":\"x\",\"scopes\":[\"tokens:write\"]}");
		assertThat(values().get(made)).isGreaterThanOrEqualTo(before + 2);
	}

	@Test
	void requestsOfARouteAreCountedByHowLongTheyTook() throws IOException, InterruptedException {
		this.http.get("/api/scopes");
		assertThat(scrape())
			.containsPattern("http_server_requests_seconds_bucket\\{[^}]*uri=\"/api/scopes\"[^}]*le=\"0.05\"");
	}

	@Test
	void whatNobodyCaughtIsCountedWithTheStatusOfItsAnswer() {
		SimpleMeterRegistry meters = new SimpleMeterRegistry();
		RequestTimerFilter filter = new RequestTimerFilter(new RequestTimers(meters));
		for (RuntimeException failure : List.of(new CannotGetJdbcConnectionException("no connection"),
				new IllegalStateException())) {
			assertThatException().isThrownBy(() -> filter.doFilter(new MockHttpServletRequest(),
					new MockHttpServletResponse(), (asked, answer) -> {
						throw failure;
					}));
		}
		assertThat(meters.get("http.server.requests").timers())
			.extracting((timer) -> timer.getId().getTag("exception") + " " + timer.getId().getTag("status"))
			.containsExactlyInAnyOrder("CannotGetJdbcConnectionException 503", "IllegalStateException 500");
	}

	@Test
	void introspectionAndWhatProxiesAskHaveRoutesOfTheirOwn() throws IOException, InterruptedException {
		this.http.postForm("/oauth2/introspect", null, "token", "x");
		this.http.get("/forward-auth");
		assertThat(scrape())
			.containsPattern("http_server_requests_seconds_bucket\\{[^}]*uri=\"/oauth2/introspect\"[^}]*le=\"0.05\"")
			.containsPattern("http_server_requests_seconds_bucket\\{[^}]*uri=\"/forward-auth\"[^}]*le=\"0.05\"");
	}

	@Test
	void noLabelHasAValueOfAClientsOwnMaking() throws IOException, InterruptedException {
		String token = this.people.raw(this.people.user(), "user:read", "tokens:read");
		for (String sent : List.of("/marked", "/api/marked", "/api/tokens/marked", "/api/notes/marked",
				"/forward-auth/marked", "/.well-known/oauth-protected-resource/marked", "/css/marked.css",
				"/api/user?marked=1", "/login?marked=1")) {
			this.http.get(sent);
			this.http.get(sent, token);
			this.http.send("MARKED", sent, null, Map.of("marked", List.of("marked")));
		}
		this.http.post("/api/login", """
				{"email": "marked@example.com", "password": "marked", "token_name": "marked", "scopes": ["marked"]}""");
		this.http.post("/api/tokens", token + "marked", "{}");
		assertThat(scrape()).doesNotContainIgnoringCase("marked").doesNotContain(token);
	}

	/** The rules and the dashboard for those who run it. */
	@Test
	void whatTheExampleAsksForIsTold() throws IOException, InterruptedException {
		Pattern asked = Pattern.compile("\\b(latchkey|http_server|hikaricp|jvm|process)_[a-z_]+");
		this.http.get("/api/scopes");
		String told = scrape();
		for (String file : List.of("alerts.yml", "dashboard.json")) {
			Set<String> names = asked.matcher(Files.readString(Path.of("examples/observability", file)))
				.results()
				.map(MatchResult::group)
				.collect(Collectors.toSet());
			assertThat(names).hasSizeGreaterThan(9)
				.allSatisfy((one) -> assertThat(told).containsPattern("(?m)^" + one + "[{ ]"));
		}
	}

	private Map<String, Double> values() throws IOException, InterruptedException {
		return Stream.of(scrape().split("\n"))
			.filter((line) -> line.startsWith("latchkey_"))
			.collect(Collectors.toMap((line) -> line.substring(0, line.lastIndexOf(' ')),
					(line) -> Double.valueOf(line.substring(line.lastIndexOf(' ') + 1))));
	}

	private String scrape() throws IOException, InterruptedException {
		HttpRequest request = HttpRequest
			.newBuilder(URI.create("http://127.0.0.1:%d/actuator/prometheus".formatted(this.port)))
			.build();
		return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
	}

}
