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

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who may do what to whose account.
 */
@LatchkeyTest
class UserRightsTests {

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
	void aDemotedOwnerLosesTheRightAtTheNextRequest() {
		User demoted = this.people.admin();
		String token = this.people.raw(demoted, "users:read", "user:read");
		assertThat(this.http.get("/api/users", token).status()).isEqualTo(200);
		assertThat(patch(this.superuser, demoted, "{\"roles\":[\"USER\"]}").status()).isEqualTo(200);
		assertThat(this.http.get("/api/users", token).code()).isEqualTo("forbidden");
		assertThat(this.http.get("/api/user", token).<List<String>>json("roles")).containsExactly("USER");
		assertThat(patch(this.superuser, demoted, "{\"roles\":[\"ADMIN\"]}").status()).isEqualTo(200);
		assertThat(this.http.get("/api/users", token).status()).isEqualTo(200);
	}

	@Test
	void onlyASuperuserMakesAndChangesAdministrators() {
		User other = this.people.admin();
		String fresh = body(UUID.randomUUID() + "@example.com",
				"\"name\":\"x\",\"password\":\"quite long enough\",\"roles\":[\"ADMIN\"]");
		assertThat(this.http.post("/api/users", this.admin, fresh).code()).isEqualTo("forbidden");
		for (String change : List.of("{\"roles\":[\"ADMIN\"]}", "{\"roles\":[\"SUPERUSER\"]}",
				"{\"roles\":[\"USER\",\"ADMIN\"]}")) {
			assertThat(patch(this.admin, this.user, change).code()).isEqualTo("forbidden");
		}
		for (String change : List.of("{\"roles\":[\"USER\"]}", "{\"enabled\":false}",
				"{\"password\":\"quite long enough\"}", "{\"name\":\"x\"}")) {
			assertThat(patch(this.admin, other, change).code()).isEqualTo("forbidden");
		}
		assertThat(this.http.delete("/api/users/" + other.id(), this.admin).code()).isEqualTo("forbidden");
		assertThat(this.http.post("/api/users", this.superuser, fresh).status()).isEqualTo(201);
		assertThat(patch(this.superuser, this.user, "{\"roles\":[\"ADMIN\"]}").status()).isEqualTo(200);
		assertThat(this.http.delete("/api/users/" + other.id(), this.superuser).status()).isEqualTo(204);
	}

	@Test
	void theRoleAloneOrTheScopeAloneIsNotEnough() {
		String roleOnly = this.people.raw(this.people.admin(), "user:read");
		String scopeOnly = this.people.raw(this.user, "users:read", "users:write");
		assertThat(this.http.get("/api/users", roleOnly).code()).isEqualTo("insufficient_scope");
		assertThat(this.http.get("/api/users", scopeOnly).code()).isEqualTo("forbidden");
		assertThat(this.http.delete("/api/users/" + this.user.id(), scopeOnly).code()).isEqualTo("forbidden");
		assertThat(this.http.get("/api/audit-events", scopeOnly).code()).isEqualTo("forbidden");
	}

	@Test
	void tokensOfAnybodyAreSeenAndRevoked() {
		String one = this.people.raw(this.user, "notes:read");
		String two = this.people.raw(this.user, "notes:read");
		String path = "/api/users/%s/tokens".formatted(this.user.id());
		Answer list = this.http.get(path, this.admin);
		assertThat(list.<Integer>json("total")).isEqualTo(2);
		assertThat(list.body()).doesNotContain(one.substring(4, 20));
		String id = this.http.get("/api/tokens/current", one).json("id");
		assertThat(this.http.delete(path + "/" + id, this.admin).status()).isEqualTo(204);
		assertThat(this.http.delete(path + "/" + id, this.admin).status()).isEqualTo(204);
		assertThat(this.http.get("/api/notes", one).status()).isEqualTo(401);
		assertThat(this.http.get(path + "?state=revoked", this.admin).<Integer>json("total")).isEqualTo(1);
		assertThat(this.http.delete(path, this.admin).<Integer>json("revoked")).isEqualTo(1);
		assertThat(this.http.get("/api/notes", two).status()).isEqualTo(401);
		String others = "/api/users/%s/tokens/".formatted(this.people.user().id());
		assertThat(this.http.delete(others + id, this.admin).code()).isEqualTo("not_found");
		assertThat(this.http.get("/api/users/%s/tokens".formatted(UUID.randomUUID()), this.admin).code())
			.isEqualTo("not_found");
	}

	private Answer patch(String token, User changed, String json) {
		return this.http.patch("/api/users/" + changed.id(), token, json);
	}

	private static String body(String email, String rest) {
		return "{\"email\":\"%s\",%s}".formatted(email, rest);
	}

}
