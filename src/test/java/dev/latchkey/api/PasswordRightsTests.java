package dev.latchkey.api;

import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.latchkey.caller.User;
import dev.latchkey.testing.Http;
import dev.latchkey.testing.Http.Answer;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import dev.latchkey.testing.TokenRequest;
import dev.latchkey.testing.Visitor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Contract 4: who sets a password, which opens everything from everywhere.
 */
@LatchkeyTest
class PasswordRightsTests {

	private static final String PASSWORD = "another horse battery";

	@Autowired
	private Http http;

	@Autowired
	private People people;

	private User admin;

	private String token;

	@BeforeEach
	void makeAdmin() {
		this.admin = this.people.superuser();
		this.token = this.people.raw(this.admin, "users:read", "users:write", "tokens:write");
	}

	@Test
	void noTokenSetsThePasswordOfItsOwnAccount() {
		assertRefused(setPassword(this.token, this.admin));
		assertThat(this.http.patch("/api/users/" + this.admin.id(), this.token, "{\"name\":\"Me\"}").status())
			.isEqualTo(200);
	}

	/** The old password is asked for at /account alone. */
	@Test
	void noSessionSetsThatOfItsOwnAccountBesideItsOwnPage() {
		Visitor page = new Visitor(this.http.base()).signIn(this.admin);
		String own = "/admin/users/" + this.admin.id();
		assertThat(page.get(own).body()).doesNotContain("New password");
		page.get("/account");
		assertThat(page.post(own, "password", PASSWORD).statusCode()).isEqualTo(403);
		assertRefused(this.http.send("PATCH", "/api/users/" + this.admin.id(),
				"{\"password\":\"%s\"}".formatted(PASSWORD),
				Map.of("Cookie", List.of("latchkey_session=" + page.session()), "X-CSRF-TOKEN", List.of(page.csrf()))));
		page.get("/account");
		assertThat(page.post("/account", "current", People.PASSWORD, "password", PASSWORD).statusCode()).isEqualTo(302);
	}

	@Test
	void anAdministratorsTokenSetsThatOfAnother() {
		assertThat(setPassword(this.token, this.people.user()).status()).isEqualTo(200);
		assertThat(setPassword(this.token, this.people.admin()).status()).isEqualTo(200);
	}

	@Test
	void aTokenThatIsBoundToNetworksSetsNone() {
		String bound = this.people.raw(this.admin, TokenRequest.of("users:write").onlyAt("127.0.0.0/8"));
		assertRefused(setPassword(bound, this.people.user()));
		assertRefused(makeAccount(bound));
	}

	@Test
	void aTokenThatWasMadeWithATokenSetsNoneAndNeitherDoesItsSuccessor() {
		String child = this.http
			.post("/api/tokens", this.token, "{\"name\":\"x\",\"scopes\":[\"users:write\",\"tokens:write\"]}")
			.json("token");
		assertRefused(setPassword(child, this.people.user()));
		assertRefused(makeAccount(child));
		String successor = this.http.post("/api/tokens/current/rotate", child, null).json("token");
		assertRefused(setPassword(successor, this.people.user()));
	}

	@Test
	void theSuccessorOfATokenOfItsOwnStillMay() {
		String successor = this.http.post("/api/tokens/current/rotate", this.token, null).json("token");
		assertThat(setPassword(successor, this.people.user()).status()).isEqualTo(200);
		assertThat(makeAccount(successor).status()).isEqualTo(201);
	}

	private Answer setPassword(String with, User of) {
		return this.http.patch("/api/users/" + of.id(), with, "{\"password\":\"%s\"}".formatted(PASSWORD));
	}

	private Answer makeAccount(String with) {
		return this.http.post("/api/users", with,
				"{\"email\":\"p-%s@example.com\",\"name\":\"New\",\"password\":\"%s\",\"roles\":[\"USER\"]}"
					.formatted(UUID.randomUUID(), PASSWORD));
	}

	private static void assertRefused(Answer answer) {
		assertThat(answer.status()).as(answer.body()).isEqualTo(403);
		assertThat(answer.code()).isEqualTo("forbidden");
	}

}
