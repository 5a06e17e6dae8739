package dev.latchkey.api;

import java.util.List;
import java.util.UUID;

import dev.latchkey.caller.User;
import dev.latchkey.testing.Http;
import dev.latchkey.testing.Http.Answer;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

@LatchkeyTest
class UsersTests {

	@Autowired
	private Http http;

	@Autowired
	private People people;

	private String admin;

	private String superuser;

	private User user;

	@BeforeEach
	void makePeople() {
		this.admin = this.people.raw(this.people.admin(), "*");
		this.superuser = this.people.raw(this.people.superuser(), "*");
		this.user = this.people.user();
	}

	@Test
	void aNewUserIsSeenAndCanSignIn() {
		String email = "New-" + UUID.randomUUID() + "@Example.com";
		Answer made = this.http.post("/api/users", this.admin,
				"{\"email\":\" %s \",\"name\":\" New \",\"password\":\"quite long enough\",\"roles\":[\"USER\"]}"
					.formatted(email));
		assertThat(made.status()).as(made.body()).isEqualTo(201);
		assertThat(made.header("Location")).isEqualTo("/api/users/" + made.<String>json("id"));
		assertThat(made.<String>json("email")).isEqualTo(email);
		assertThat(made.<String>json("name")).isEqualTo("New");
		assertThat(made.<Boolean>json("enabled")).isTrue();
		assertThat(made.body()).doesNotContain("password", "quite long enough", "bcrypt");
		assertThat(this.http.get(made.header("Location"), this.admin).body()).isEqualTo(made.body());
		assertThat(this.http
			.post("/api/login",
					"{\"email\":\"%s\",\"password\":\"quite long enough\",\"token_name\":\"x\",\"scopes\":[\"*\"]}"
						.formatted(email))
			.status()).isEqualTo(201);
	}

	@Test
	void anAddressIsTakenWithoutRegardToCase() {
		Answer answer = this.http.post("/api/users", this.admin,
				body(this.user.email().toUpperCase(java.util.Locale.ROOT),
						"\"name\":\"x\",\"password\":\"quite long enough\""));
		assertThat(answer.status()).isEqualTo(422);
		assertThat(answer.<List<String>>json("errors[*].field")).containsExactly("email");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			nobody             | "name":"x","password":"quite long enough"                  | email
			a@b@c              | "name":"x","password":"quite long enough"                  | email
			a b@c              | "name":"x","password":"quite long enough"                  | email
			a\\u0000b@c        | "name":"x","password":"quite long enough"                  | email
			new@example.com    | "name":"","password":"quite long enough"                   | name
			new@example.com    | "name":"a\\u0000b","password":"quite long enough"          | name
			new@example.com    | "password":"quite long enough"                             | name
			new@example.com    | "name":"x"                                           | password
			new@example.com    | "name":"x","password":"1234567"                      | password
			new@example.com    | "name":"x","password":"quite long\\u0000enough"            | password
			new@example.com    | "name":"x","password":"quite long enough","roles":[]       | roles
			""")
	void whatIsNotAcceptableIsNamed(String email, String rest, String field) {
		Answer answer = this.http.post("/api/users", this.admin, body(email, rest));
		assertThat(answer.status()).as(answer.body()).isEqualTo(422);
		assertThat(answer.<List<String>>json("errors[*].field")).containsExactly(field);
	}

	@Test
	void allThatIsNotAcceptableIsNamedAtOnce() {
		assertThat(this.http.post("/api/users", this.admin, "{\"roles\":[]}").<List<String>>json("errors[*].field"))
			.containsExactly("email", "name", "roles", "password");
	}

	@Test
	void usersAreFoundByAddressAndName() {
		Answer found = this.http.get("/api/users?q=" + this.user.email().toUpperCase(java.util.Locale.ROOT),
				this.admin);
		assertThat(found.<List<String>>json("items[*].id")).containsExactly(this.user.id().toString());
		assertThat(this.http.get("/api/users?q=some%20body", this.admin).<Integer>json("total")).isPositive();
		assertThat(this.http.get("/api/users?q=%25%5F%25", this.admin).<Integer>json("total")).isZero();
		assertThat(this.http.get("/api/users?q=%00", this.admin).code()).isEqualTo("malformed_request");
	}

	@Test
	void aUserMayBeRenamedAndGivenAPassword() {
		assertThat(patch(this.admin, this.user, "{\"name\":\" Other \"}").<String>json("name")).isEqualTo("Other");
		assertThat(patch(this.admin, this.user, "{}").status()).isEqualTo(200);
		assertThat(patch(this.admin, this.user, "{\"password\":\"short\"}").status()).isEqualTo(422);
		assertThat(patch(this.admin, this.user, "{\"email\":\"other@example.com\"}").status()).isEqualTo(400);
		assertThat(patch(this.admin, this.user, "{\"roles\":[null]}").status()).isEqualTo(400);
		assertThat(patch(this.admin, this.user, "{\"password\":\"another password\"}").status()).isEqualTo(200);
		assertThat(this.http
			.post("/api/login",
					"{\"email\":\"%s\",\"password\":\"another password\",\"token_name\":\"x\",\"scopes\":[\"*\"]}"
						.formatted(this.user.email()))
			.status()).isEqualTo(201);
	}

	@Test
	void aDisabledUserLosesEveryTokenAtOnceForEver() {
		String token = this.people.raw(this.user, "*");
		assertThat(this.http.get("/api/user", token).status()).isEqualTo(200);
		assertThat(patch(this.admin, this.user, "{\"enabled\":false}").<Boolean>json("enabled")).isFalse();
		assertThat(this.http.get("/api/user", token).status()).isEqualTo(401);
		assertThat(patch(this.admin, this.user, "{\"enabled\":true}").<Boolean>json("enabled")).isTrue();
		assertThat(this.http.get("/api/user", token).status()).isEqualTo(401);
	}

	@Test
	void aDeletedUserIsGoneWithEveryToken() {
		String token = this.people.raw(this.user, "*");
		assertThat(this.http.get("/api/user", token).status()).isEqualTo(200);
		assertThat(this.http.delete("/api/users/" + this.user.id(), this.admin).status()).isEqualTo(204);
		assertThat(this.http.get("/api/user", token).status()).isEqualTo(401);
		assertThat(this.http.get("/api/users/" + this.user.id(), this.admin).code()).isEqualTo("not_found");
		assertThat(this.http.delete("/api/users/" + this.user.id(), this.admin).code()).isEqualTo("not_found");
	}

	private Answer patch(String token, User changed, String json) {
		return this.http.patch("/api/users/" + changed.id(), token, json);
	}

	private static String body(String email, String rest) {
		return "{\"email\":\"%s\",%s}".formatted(email, rest);
	}

}
