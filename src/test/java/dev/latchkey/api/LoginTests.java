package dev.latchkey.api;

import java.util.List;

import dev.latchkey.caller.User;
import dev.latchkey.testing.Http;
import dev.latchkey.testing.Http.Answer;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

@LatchkeyTest
class LoginTests {

	private static final String REST = "\"token_name\":\"phone\",\"scopes\":[\"notes:read\"]";

	@Autowired
	private Http http;

	@Autowired
	private People people;

	private User user;

	@BeforeEach
	void makeUser() {
		this.user = this.people.user();
	}

	@Test
	void theRightPasswordBuysAToken() {
		Answer answer = login(this.user.email(), People.PASSWORD, REST);
		assertThat(answer.status()).isEqualTo(201);
		assertThat(answer.header("Cache-Control")).contains("no-store");
		assertThat(answer.header("Location")).isEqualTo("/api/tokens/" + answer.<String>json("id"));
		assertThat(answer.<String>json("name")).isEqualTo("phone");
		assertThat(answer.<List<String>>json("scopes")).containsExactly("notes:read");
		assertThat(this.http.get("/api/notes", answer.json("token")).status()).isEqualTo(200);
	}

	@Test
	void theAddressIsReadWithoutRegardToCaseAndSpaces() {
		assertThat(
				login(" " + this.user.email().toUpperCase(java.util.Locale.ROOT) + " ", People.PASSWORD, REST).status())
			.isEqualTo(201);
	}

	@Test
	void whateverIsWrongTheAnswerIsTheSame() {
		User disabled = this.people.user();
		this.people.disable(disabled);
		String expected = login(this.user.email(), "wrong password", REST).body();
		for (String email : List.of("nobody@example.com", disabled.email(), "", "not an address", "a\\u0000b@c")) {
			Answer answer = login(email, People.PASSWORD, REST);
			assertThat(answer.status()).isEqualTo(422);
			assertThat(answer.body()).isEqualTo(expected);
		}
		for (String password : List.of("", "x", "\\u0000", People.PASSWORD + "x", "x".repeat(10_000))) {
			assertThat(login(this.user.email(), password, REST).body()).isEqualTo(expected);
		}
		assertThat(login(this.user.email(), "wrong password", "\"token_name\":\"\",\"scopes\":[]").body())
			.isEqualTo(expected);
	}

	@Test
	void whatIsMissingIsNamedAndNotTakenForWrong() {
		Answer empty = this.http.post("/api/login", "{}");
		assertThat(empty.status()).isEqualTo(422);
		assertThat(empty.code()).isEqualTo("validation_failed");
		assertThat(empty.<List<String>>json("errors[*].field")).containsExactly("email", "password", "token_name",
				"scopes");
		Answer one = this.http.post("/api/login", "{\"email\":\"%s\",%s}".formatted(this.user.email(), REST));
		assertThat(one.<List<String>>json("errors[*].field")).containsExactly("password");
	}

	@Test
	void theAnswerNamesTheAddressAndSaysNoMore() {
		Answer answer = login("nobody@example.com", "wrong password", REST);
		assertThat(answer.code()).isEqualTo("validation_failed");
		assertThat(answer.<String>json("errors[0].field")).isEqualTo("email");
		assertThat(answer.<String>json("errors[0].message")).isEqualTo("The provided credentials are incorrect.");
		assertThat(answer.<List<?>>json("errors")).hasSize(1);
	}

	@Test
	void anUnknownAccountTakesAsLongAsAWrongPassword() {
		login(this.user.email(), "warm up", REST);
		long known = shortestOfThree(this.user.email());
		long unknown = shortestOfThree("nobody@example.com");
		assertThat((double) unknown / known).isBetween(0.5, 2.0);
	}

	@ParameterizedTest
	@ValueSource(strings = { "\"token_name\":\"\",\"scopes\":[\"*\"]", "\"scopes\":[\"*\"]" })
	void theTokensNameIsNamedAsInThisRequest(String rest) {
		Answer answer = login(this.user.email(), People.PASSWORD, rest);
		assertThat(answer.status()).isEqualTo(422);
		assertThat(answer.<List<String>>json("errors[*].field")).containsExactly("token_name");
	}

	@Test
	void aTokenWithoutScopesIsNotMade() {
		assertThat(
				login(this.user.email(), People.PASSWORD, "\"token_name\":\"x\"").<List<String>>json("errors[*].field"))
			.containsExactly("scopes");
	}

	@Test
	void theEndMayBeGiven() {
		assertThat(login(this.user.email(), People.PASSWORD, REST + ",\"expires_at\":\"2027-01-01T00:00:00Z\"")
			.<String>json("expires_at")).isEqualTo("2027-01-01T00:00:00Z");
	}

	@Test
	void aHeaderIsNotLookedAt() {
		Answer answer = this.http.post("/api/login", "nonsense",
				"{\"email\":\"%s\",\"password\":\"%s\",%s}".formatted(this.user.email(), People.PASSWORD, REST));
		assertThat(answer.status()).isEqualTo(201);
	}

	@Test
	void loggingOutEndsTheCurrentTokenAlone() {
		String one = this.people.raw(this.user, "notes:read");
		String two = this.people.raw(this.user, "notes:read");
		for (String body : new String[] { null, "{}", "{\"all\":false}", "{\"all\":null}" }) {
			String token = this.people.raw(this.user, "notes:read");
			Answer answer = this.http.post("/api/logout", token, body);
			assertThat(answer.status()).isEqualTo(200);
			assertThat(answer.body()).isEqualTo("{\"message\":\"Logged out\"}");
			assertThat(alive(token)).isFalse();
		}
		assertThat(alive(one)).isTrue();
		assertThat(alive(two)).isTrue();
	}

	@Test
	void loggingOutOfAllEndsEveryTokenOfTheUser() {
		String one = this.people.raw(this.user, "tokens:write", "notes:read");
		String two = this.people.raw(this.user, "notes:read");
		String strangers = this.people.raw(this.people.user(), "notes:read");
		assertThat(this.http.post("/api/logout", one, "{\"all\":true}").body())
			.isEqualTo("{\"message\":\"Logged out\"}");
		assertThat(alive(one)).isFalse();
		assertThat(alive(two)).isFalse();
		assertThat(alive(strangers)).isTrue();
	}

	@Test
	void aTokenThatMayNotRevokeTokensDoesNotLogOutOfAll() {
		String one = this.people.raw(this.user, "notes:read");
		String two = this.people.raw(this.user, "notes:read");
		Answer answer = this.http.post("/api/logout", one, "{\"all\":true}");
		assertThat(answer.status()).isEqualTo(403);
		assertThat(answer.code()).isEqualTo("insufficient_scope");
		assertThat(answer.header("WWW-Authenticate")).contains("scope=\"tokens:write\"");
		assertThat(alive(one)).isTrue();
		assertThat(alive(two)).isTrue();
	}

	@Test
	void aGuestCannotLogOut() {
		assertThat(this.http.post("/api/logout", "{}").code()).isEqualTo("authentication_required");
	}

	@Test
	void theOwnAccountIsShownWithTheToken() {
		String token = this.people.raw(this.user, "user:read");
		Answer answer = this.http.get("/api/user", token);
		assertThat(answer.<String>json("id")).isEqualTo(this.user.id().toString());
		assertThat(answer.<String>json("email")).isEqualTo(this.user.email());
		assertThat(answer.<String>json("name")).isEqualTo("Some Body");
		assertThat(answer.<List<String>>json("roles")).containsExactly("USER");
		assertThat(answer.<List<String>>json("token.scopes")).containsExactly("user:read");
		assertThat(answer.body()).doesNotContain(token.substring(4, 20), "password");
	}

	private long shortestOfThree(String email) {
		long shortest = Long.MAX_VALUE;
		for (int i = 0; i < 3; i++) {
			long start = System.nanoTime();
			login(email, "wrong password", REST);
			shortest = Math.min(shortest, System.nanoTime() - start);
		}
		return shortest;
	}

	private Answer login(String email, String password, String rest) {
		return this.http.post("/api/login",
				"{\"email\":\"%s\",\"password\":\"%s\",%s}".formatted(email, password, rest));
	}

	private boolean alive(String token) {
		return this.http.get("/api/notes", token).status() == 200;
	}

}
