package dev.latchkey.web;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

import dev.latchkey.caller.User;
import dev.latchkey.testing.Http;
import dev.latchkey.testing.Http.Answer;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import dev.latchkey.testing.Visitor;
import dev.latchkey.token.IssuedToken;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An id that is none is not there, on every route and page that takes one; and one is
 * read in either case.
 */
@LatchkeyTest
class IdTests {

	@Autowired
	private Http http;

	@Autowired
	private People people;

	@Autowired
	private RequestMappingHandlerMapping requestMappingHandlerMapping;

	@ParameterizedTest
	@ValueSource(strings = { "foo", "1", "1-1-1-1-1", "0190163d-8694-739b-aea5-966c26f8ad9z", "%C3%A9", "a%20b" })
	void whatIsNoIdIsNotThereOnAnyRoute(String id) {
		User user = this.people.superuser();
		String token = this.people.raw(user, "*");
		Visitor visitor = new Visitor(this.http.base());
		visitor.signIn(user.email(), People.PASSWORD);
		visitor.get("/account");
		Set<String> asked = new TreeSet<>();
		this.requestMappingHandlerMapping.getHandlerMethods().forEach((route, handler) -> {
			for (String pattern : route.getPatternValues()) {
				RequestMethod method = route.getMethodsCondition().getMethods().stream().findFirst().orElse(null);
				// A name, which may be a new one.
				boolean named = pattern.equals("/api/resources/{name}") && method == RequestMethod.PUT;
				if (!pattern.contains("{") || pattern.contains("*") || method == null || named) {
					continue;
				}
				asked.add(method + " " + pattern);
				String path = pattern.replaceAll("\\{[^}]+\\}", id);
				int status = pattern.startsWith("/api/") ? api(method, path, token) : (method == RequestMethod.GET)
						? visitor.get(path).statusCode() : visitor.post(path, "name", "x", "grace", "0").statusCode();
				assertThat(status).as(method + " " + path).isEqualTo(404);
			}
		});
		assertThat(asked).contains("GET /api/tokens/{id}", "POST /tokens/applications/{id}/withdraw",
				"GET /admin/clients/{id}/remove", "DELETE /api/users/{userId}/tokens/{id}");
	}

	@Test
	void anIdInUpperCaseIsTheSameByTheApiAndOnThePage() {
		User user = this.people.user();
		IssuedToken token = this.people.token(user, "*");
		String id = token.details().id().toString();
		Visitor visitor = new Visitor(this.http.base());
		visitor.signIn(user.email(), People.PASSWORD);
		for (String form : List.of(id, id.toUpperCase(java.util.Locale.ROOT))) {
			assertThat(this.http.get("/api/tokens/" + form, token.raw().reveal()).<String>json("id")).isEqualTo(id);
			assertThat(visitor.get("/tokens/" + form).statusCode()).isEqualTo(200);
			assertThat(visitor.get("/tokens/" + form + "/revoke").statusCode()).isEqualTo(200);
		}
		assertThat(this.http.get("/api/tokens/" + UUID.randomUUID(), token.raw().reveal()).status()).isEqualTo(404);
	}

	private int api(RequestMethod method, String path, String token) {
		Map<String, List<String>> bearer = Http.bearer(token);
		boolean reads = method == RequestMethod.GET || method == RequestMethod.DELETE;
		Answer answer = this.http.send(method.name(), path, reads ? null : "{}", bearer);
		return answer.status();
	}

}
