package dev.latchkey.security;

import java.util.List;
import java.util.Map;

import dev.latchkey.testing.Http;
import dev.latchkey.testing.Http.Answer;
import dev.latchkey.testing.OtherSettingsTest;
import dev.latchkey.testing.People;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which other origins may call the API from a browser.
 */
@OtherSettingsTest
class CorsTests {

	static {
		System.setProperty("jdk.httpclient.allowRestrictedHeaders", "origin");
	}

	@Autowired
	private Http http;

	@Autowired
	private People people;

	private String token;

	@BeforeEach
	void makeToken() {
		this.token = this.people.raw(this.people.user(), "*");
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://app.example", "https://other.example:8443" })
	void aNamedOriginIsAdmittedWithoutCookies(String origin) {
		Answer answer = call("GET", origin);
		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo(origin);
		assertThat(answer.header("Access-Control-Allow-Credentials")).isNull();
		assertThat(answer.header("Access-Control-Expose-Headers")).contains("WWW-Authenticate", "Location",
				"Retry-After");
		assertThat(answer.response().headers().allValues("Vary")).anyMatch((vary) -> vary.contains("Origin"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://evil.example", "http://app.example", "https://app.example.evil.example", "null",
			"https://app.example:8443", "nonsense" })
	void anyOtherOriginIsRefusedWithAProblem(String origin) {
		Answer answer = call("GET", origin);
		assertThat(answer.status()).isEqualTo(403);
		assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
		assertThat(answer.code()).isEqualTo("forbidden");
		assertThat(answer.<String>json("instance")).isEqualTo("/api/user");
		assertThat(answer.header("Access-Control-Allow-Origin")).isNull();
	}

	@Test
	void refusalsCanBeReadByANamedOrigin() {
		Answer answer = this.http.send("GET", "/api/user", null, Map.of("Origin", List.of("https://app.example")));
		assertThat(answer.status()).isEqualTo(401);
		assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo("https://app.example");
	}

	@Test
	void aPreflightOfANamedOriginIsAnswered() {
		for (String path : List.of("/api/notes", "/api/login")) {
			Answer answer = preflight(path, "https://app.example", "PATCH", "x-api-token, content-type");
			assertThat(answer.status()).isEqualTo(200);
			assertThat(answer.header("Access-Control-Allow-Methods")).contains("PATCH");
			assertThat(answer.header("Access-Control-Allow-Headers")).containsIgnoringCase("x-api-token");
			assertThat(answer.header("Access-Control-Allow-Credentials")).isNull();
			assertThat(answer.header("Access-Control-Max-Age")).isEqualTo("600");
		}
	}

	@Test
	void anyOtherPreflightIsRefused() {
		assertThat(preflight("/api/notes", "https://evil.example", "GET", "x-api-token").code()).isEqualTo("forbidden");
		assertThat(preflight("/api/notes", "https://app.example", "PUT", "x-api-token").code()).isEqualTo("forbidden");
		assertThat(preflight("/api/notes", "https://app.example", "GET", "x-other").code()).isEqualTo("forbidden");
	}

	@Test
	void noOtherOriginIsAdmittedBesideTheApi() {
		for (String path : List.of("/security/generate-token", "/user/my-account")) {
			assertThat(preflight(path, "https://app.example", "POST", "content-type").status()).as(path).isEqualTo(403);
		}
	}

	private Answer call(String method, String origin) {
		return this.http.send(method, "/api/user", null,
				Map.of("X-Api-Token", List.of("Bearer " + this.token), "Origin", List.of(origin)));
	}

	private Answer preflight(String path, String origin, String method, String headers) {
		return this.http.send("OPTIONS", path, null, Map.of("Origin", List.of(origin), "Access-Control-Request-Method",
				List.of(method), "Access-Control-Request-Headers", List.of(headers)));
	}

}
