package dev.latchkey.web;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import dev.latchkey.testing.Http;
import dev.latchkey.testing.Http.Answer;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import dev.latchkey.testing.Routes;
import dev.latchkey.testing.Routes.Route;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A method that a route does not have is 405 with those that it has, whoever asks, on
 * every route.
 */
@LatchkeyTest
class MethodTests {

	private static final List<String> METHODS = List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "TRACE",
			"PROPFIND");

	@Autowired
	private Http http;

	@Autowired
	private People people;

	@Autowired
	private Routes routes;

	private final Map<String, Set<String>> taken = new TreeMap<>();

	@BeforeEach
	void readRoutes() {
		for (Route route : this.routes.all()) {
			this.taken.computeIfAbsent(route.path(), (path) -> new TreeSet<>()).add(route.method());
		}
		this.taken.get("/oauth2/authorize").add("POST");
		this.taken.keySet().removeAll(this.routes.ofAnyMethod());
		this.taken.values()
			.stream()
			.filter((methods) -> methods.contains("GET"))
			.forEach((methods) -> methods.add("HEAD"));
	}

	@Test
	void aMethodThatARouteDoesNotHaveIsRefusedWithThoseThatItHas() {
		String token = this.people.raw(this.people.superuser(), "*");
		assertThat(this.taken).containsKeys("/api/tokens/revoke", "/api/tokens/current", "/livez", "/login", "/tokens");
		this.taken.forEach((path, methods) -> {
			for (Map<String, List<String>> credentials : List.of(Map.<String, List<String>>of(), Http.bearer(token))) {
				for (String method : METHODS) {
					if (!methods.contains(method)) {
						Answer answer = this.http.send(method, path, null, credentials);
						assertThat(answer.status()).as(method + " " + path).isEqualTo(405);
						assertThat(allowed(answer)).as(method + " " + path).isEqualTo(methods);
					}
				}
			}
		});
	}

	@Test
	void aMethodThatARouteHasIsNotRefused() {
		this.taken.forEach((path, methods) -> {
			for (String method : methods) {
				assertThat(this.http.send(method, path, null, Map.of()).status()).as(method + " " + path)
					.isNotEqualTo(405);
			}
		});
	}

	@Test
	void whatCanBeHadByGetCanBeHadByHead() {
		this.taken.forEach((path, methods) -> {
			if (methods.contains("GET")) {
				assertThat(this.http.send("HEAD", path, null, Map.of()).status()).as(path)
					.isEqualTo(this.http.get(path).status());
			}
		});
	}

	@Test
	void aTunnelIsNotImplemented() {
		assertThat(this.http.raw("CONNECT x.example:443 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
			.startsWith("HTTP/1.1 501")
			.contains("application/problem+json", "\"title\":\"Not implemented\"", "\"code\":\"not_implemented\"");
	}

	@Test
	void nothingIsRepeatedToWhoAsksForATrace() {
		String answer = this.http
			.raw("TRACE /login HTTP/1.1\r\nHost: localhost\r\nCookie: a=secret\r\nConnection: close\r\n\r\n");
		assertThat(answer).startsWith("HTTP/1.1 405").doesNotContain("secret");
	}

	private static Set<String> allowed(Answer answer) {
		String allow = answer.header("Allow");
		return new TreeSet<>((allow != null) ? Arrays.asList(allow.split(", ?")) : List.of());
	}

}
