package dev.latchkey.account;

import java.util.List;
import java.util.Set;

import dev.latchkey.caller.User;
import dev.latchkey.scope.Role;
import dev.latchkey.testing.Http;
import dev.latchkey.testing.Http.Answer;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import dev.latchkey.testing.TokenRequest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Contract 4: a token that is bound to networks, or was made with a token, gives nothing
 * that would outlive these bounds; and whoever is refused hears why.
 */
@LatchkeyTest
class ConfinedTokenTests {

	@Autowired
	private Http http;

	@Autowired
	private People people;

	@Autowired
	private UserService users;

	private String free;

	private List<String> confined;

	@BeforeEach
	void makeTokens() {
		User superuser = this.people.superuser();
		this.free = this.people.raw(superuser, "*");
		String bound = this.people.raw(superuser, TokenRequest.of("*").onlyAt("127.0.0.0/8"));
		String child = this.http.post("/api/tokens", this.free, "{\"name\":\"x\",\"scopes\":[\"*\"]}").json("token");
		this.confined = List.of(bound, child);
	}

	@Test
	void itGivesNoRoleAndEnablesNoAccount() {
		User user = this.people.user();
		User disabled = this.people.user();
		this.people.disable(disabled);
		for (String token : this.confined) {
			assertRefused(change(user, token, "{\"roles\":[\"SUPERUSER\"]}"), "gives no role");
			assertRefused(change(user, token, "{\"roles\":[\"USER\",\"ADMIN\"]}"), "gives no role");
			assertRefused(change(disabled, token, "{\"enabled\":true}"), "enables no account");
		}
		assertThat(this.users.find(user.id()).orElseThrow().roles()).containsExactly(Role.USER);
		assertThat(change(disabled, this.free, "{\"enabled\":true}").status()).isEqualTo(200);
		assertThat(change(user, this.free, "{\"roles\":[\"ADMIN\"]}").status()).isEqualTo(200);
	}

	@Test
	void itTakesRolesAwayAndDisables() {
		for (String token : this.confined) {
			User admin = this.people.admin();
			assertThat(change(admin, token, "{\"roles\":[\"GUEST\"]}").status()).isEqualTo(200);
			assertThat(change(admin, token, "{\"enabled\":false}").status()).isEqualTo(200);
			assertThat(this.users.find(admin.id()).orElseThrow().roles()).isEqualTo(Set.of(Role.GUEST));
		}
	}

	@Test
	void everyRefusalToGiveARightSaysWhy() {
		User admin = this.people.admin();
		String ordinary = this.people.raw(admin, "*");
		String narrow = this.people.raw(admin, "users:*");
		String password = "{\"password\":\"walnut harbour seven\"}";
		assertRefused(change(this.people.user(), ordinary, "{\"roles\":[\"ADMIN\"]}"),
				"superuser makes administrators");
		assertRefused(change(this.people.admin(), ordinary, "{\"name\":\"Else\"}"), "superuser changes administrators");
		assertRefused(change(admin, ordinary, password), "password of its own account");
		assertRefused(change(this.people.user(), this.confined.get(0), password), "sets no password");
		String client = """
				{"name":"App","scopes":["notes:read"],"grant_types":["client_credentials"]}""";
		assertRefused(this.http.post("/api/clients", this.confined.get(1), client), "registers no client");
		Answer others = this.http.post("/api/clients", this.free, client);
		assertRefused(this.http.delete(others.header("Location"), ordinary), "role is not lower");
		Answer own = this.http.post("/api/clients", ordinary, client);
		assertRefused(this.http.post(own.header("Location") + "/secret", narrow, null), "scopes of the client");
	}

	private Answer change(User user, String token, String change) {
		return this.http.patch("/api/users/" + user.id(), token, change);
	}

	private static void assertRefused(Answer answer, String reason) {
		assertThat(answer.status()).as(answer.body()).isEqualTo(403);
		assertThat(answer.code()).isEqualTo("forbidden");
		assertThat(answer.<String>json("detail")).contains(reason);
	}

}
