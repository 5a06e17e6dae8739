package dev.latchkey.security;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import dev.latchkey.testing.Http;
import dev.latchkey.testing.Http.Answer;
import dev.latchkey.testing.OtherSettingsTest;
import dev.latchkey.testing.People;
import dev.latchkey.testing.Routes;
import dev.latchkey.testing.Routes.Route;
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

	private static final List<String> OAUTH = List.of("/oauth2/token", "/oauth2/revoke", "/oauth2/jwks",
			"/.well-known/oauth-authorization-server", "/.well-known/oauth-protected-resource");

	@Autowired
	private Routes routes;

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
				"Retry-After", "Latchkey-Token-Expires", "RateLimit", "RateLimit-Policy");
		assertThat(answer.header("RateLimit")).startsWith("\"token\";r=");
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
		assertThat(preflight("/api/resources/parcels", "https://app.example", "PUT", "x-api-token").status())
			.isEqualTo(200);
	}

	@Test
	void anyOtherPreflightIsRefused() {
		assertThat(preflight("/api/notes", "https://evil.example", "GET", "x-api-token").code()).isEqualTo("forbidden");
		assertThat(preflight("/api/notes", "https://app.example", "LOCK", "x-api-token").code()).isEqualTo("forbidden");
		assertThat(preflight("/api/notes", "https://app.example", "GET", "x-other").code()).isEqualTo("forbidden");
	}

	@Test
	void noOtherOriginIsAdmittedBesideTheApi() {
		for (String path : List.of("/security/generate-token", "/user/my-account")) {
			assertThat(preflight(path, "https://app.example", "POST", "content-type").status()).as(path).isEqualTo(403);
		}
	}

	@Test
	void aRefusalOfAnyKindCanBeReadByANamedOriginAndByNoOther() {
		List<Route> open = this.routes.all()
			.stream()
			.filter((route) -> route.path().startsWith("/api/") || OAUTH.contains(route.path()))
			.toList();
		String big = "x".repeat(70_000);
		for (Route route : open) {
			String last = route.path().substring(route.path().lastIndexOf('/') + 1);
			assertReadable(route.method(), route.path(), null, Map.of());
			assertReadable(route.method(), "/" + route.path(), null, Map.of());
			assertReadable(route.method(), route.path() + ";x", null, Map.of());
			assertReadable(route.method(), route.path().replace("/" + last, "/./" + last), null, Map.of());
			assertReadable("PROPFIND", route.path(), null, Map.of());
			assertReadable("POST", route.path(), big, Map.of());
			assertReadable("POST", route.path(), "{}", Map.of("Content-Encoding", List.of("gzip")));
			assertReadable("POST", route.path(), "{}", Map.of("Content-Type", List.of("nonsense/x")));
			assertReadable("GET", route.path() + "?q=%C3%28", null, Map.of());
			assertReadable("GET", route.path(), null, Map.of("Accept", List.of("text/nonsense")));
			assertReadable("GET", route.path(), null, Map.of("X-Api-Token", List.of("Bearer x")));
			assertReadable("GET", route.path(), null, Map.of("X-Api-Token", List.of("Bearer")));
		}
		assertReadable("GET", "/api/nothing", null, Map.of());
		assertReadable("GET", "/.well-known/oauth-authorization-server/issuer", null, Map.of());
	}

	@Test
	void anApplicationInABrowserMayAskForItsTokens() {
		for (String path : OAUTH) {
			Answer preflight = preflight(path, "https://app.example", "POST", "authorization, content-type");
			assertThat(preflight.status()).as(path).isEqualTo(200);
			assertThat(preflight.header("Access-Control-Allow-Origin")).as(path).isEqualTo("https://app.example");
			assertThat(preflight(path, "https://evil.example", "POST", "content-type").status()).as(path)
				.isEqualTo(403);
		}
		assertThat(preflight("/oauth2/token", "https://evil.example", "POST", "content-type").<String>json("error"))
			.isNotBlank();
	}

	@Test
	void whatMayBeKeptSaysThatItDependsOnTheOrigin() {
		assertThat(this.http.get("/oauth2/jwks").response().headers().allValues("Vary")).contains("Origin");
	}

	/** As far as it has read the origin: browsers send it before what they make up. */
	@Test
	void whatTheContainerRefusesCanBeReadByANamedOriginToo() {
		Set<String> paths = new TreeSet<>();
		this.routes.all()
			.stream()
			.map(Route::path)
			.filter((path) -> path.startsWith("/api/") || OAUTH.contains(path))
			.forEach(paths::add);
		for (String path : paths) {
			for (String header : List.of("X: a\001b", "X-Api-Token: Bearer a\000b", "X: " + "a".repeat(70_000),
					"X-Api-Token: Bearer " + "a".repeat(70_000), "Cookie: a=" + "a".repeat(70_000),
					"X: y\r\n".repeat(120) + "X: y", "Content-Length: x", "Transfer-Encoding: odd")) {
				assertReadable("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nOrigin: %s\r\nConnection: close\r\n"
						+ header + "\r\n\r\n");
			}
			for (String host : List.of("a b", "a/b", "a\r\nHost: b")) {
				assertReadable(
						"GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nOrigin: %s\r\nConnection: close\r\n\r\n");
			}
			assertReadable("TRACE " + path + " HTTP/1.1\r\nHost: localhost\r\nOrigin: %s\r\nConnection: close\r\n\r\n");
			if (path.startsWith("/api/")) {
				for (String end : List.of("%2fx", "%5cx", "%ff", "%zz", "%00")) {
					assertReadable("GET " + path + end.replace("%", "%%")
							+ " HTTP/1.1\r\nHost: localhost\r\nOrigin: %s\r\nConnection: close\r\n\r\n");
				}
			}
		}
	}

	private void assertReadable(String request) {
		assertThat(this.http.raw(request.formatted("https://app.example"))).as(request.substring(0, 60))
			.matches("(?s)HTTP/1\\.1 [45].*")
			.containsOnlyOnce("Access-Control-Allow-Origin: https://app.example")
			.contains("Origin", "Vary: ")
			.containsPattern("\"(code|error)\":");
		assertThat(this.http.raw(request.formatted("https://evil.example"))).doesNotContain("Access-Control-Allow");
	}

	private void assertReadable(String method, String path, String body, Map<String, List<String>> headers) {
		Map<String, List<String>> sent = new HashMap<>(headers);
		sent.put("Origin", List.of("https://app.example"));
		Answer answer = this.http.send(method, path, body, sent);
		String what = method + " " + path + " " + headers + " " + answer.status();
		assertThat(answer.response().headers().allValues("Access-Control-Allow-Origin")).as(what)
			.containsExactly("https://app.example");
		assertThat(answer.header("Access-Control-Allow-Credentials")).as(what).isNull();
		assertThat(answer.response().headers().allValues("Vary")).as(what).anyMatch((vary) -> vary.contains("Origin"));
		sent.put("Origin", List.of("https://evil.example"));
		Answer other = this.http.send(method, path, body, sent);
		assertThat(other.status()).as(what).isEqualTo(403);
		assertThat(other.header("Access-Control-Allow-Origin")).as(what).isNull();
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
