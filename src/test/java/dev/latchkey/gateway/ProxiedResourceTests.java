package dev.latchkey.gateway;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

import dev.latchkey.caller.User;
import dev.latchkey.scope.Role;
import dev.latchkey.testing.Http;
import dev.latchkey.testing.Http.Answer;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import dev.latchkey.testing.TokenRequest;
import dev.latchkey.testing.Visitor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tokens in front of services that are resources of their own.
 */
@LatchkeyTest
class ProxiedResourceTests {

	@Autowired
	private Http http;

	@Autowired
	private People people;

	@Autowired
	private JdbcTemplate jdbc;

	private final String parcels = "p" + UUID.randomUUID();

	private final String depots = "d" + UUID.randomUUID();

	private User user;

	@BeforeEach
	void declare() {
		String admin = this.people.raw(this.people.admin(), "resources:write");
		for (String name : List.of(this.parcels, this.depots)) {
			Answer answer = this.http.put("/api/resources/" + name, admin, """
					{"address":"https://%s.example.com","scopes":[
					{"name":"%s:read","description":"Read","role":"USER"},
					{"name":"%s:write","description":"Write","role":"ADMIN"}]}""".formatted(name, name, name));
			assertThat(answer.status()).as(answer.body()).isEqualTo(201);
		}
		this.user = this.people.user();
	}

	@AfterEach
	void forget() {
		this.jdbc.update("delete from protected_resource");
	}

	@Test
	void aTokenPassesWhereItIsBound() {
		String token = this.people.raw(this.user, this.parcels + ":read");
		Answer answer = ask("scope=%s:read&resource=%s".formatted(this.parcels, this.parcels), token);
		assertThat(answer.status()).as(answer.body()).isEqualTo(204);
		assertThat(answer.header("X-Auth-Scopes")).isEqualTo(this.parcels + ":read");
		assertThat(ask("any_scope=%s:read&any_scope=%s:read".formatted(this.depots, this.parcels), token).status())
			.isEqualTo(204);
		assertThat(ask("resource=" + this.parcels, token).status()).isEqualTo(204);
	}

	@Test
	void elsewhereItIsNoToken() {
		String token = this.people.raw(this.user, this.parcels + ":read");
		for (String other : List.of(this.depots, "latchkey", "none", "", this.parcels.toUpperCase(Locale.ROOT),
				this.parcels + "%20" + this.depots, this.parcels + "&resource=" + this.depots)) {
			Answer answer = ask("resource=" + other, token);
			assertThat(answer.status()).as(other).isEqualTo(403);
			assertThat(answer.code()).as(other).isEqualTo("wrong_resource");
			assertThat(answer.header("X-Auth-User-Id")).isNull();
		}
		assertThat(ask("scope=user:read", token).code()).isEqualTo("insufficient_scope");
	}

	@Test
	void beneathTheRouteTheSameHolds() {
		String token = this.people.raw(this.user, this.parcels + ":read");
		assertThat(beneath(token, "Latchkey-Resource", this.parcels).status()).isEqualTo(204);
		assertThat(beneath(token, "Latchkey-Resource", this.depots).code()).isEqualTo("wrong_resource");
		assertThat(beneath(token, "Latchkey-Scope", this.parcels + ":read").status()).isEqualTo(204);
	}

	@Test
	void everythingOfThisServersIsNothingOfAnotherOnes() {
		User superuser = this.people.superuser();
		String all = this.people.raw(superuser, "*");
		assertThat(ask("scope=%s:read".formatted(this.parcels), all).code()).isEqualTo("insufficient_scope");
		assertThat(ask("resource=" + this.parcels, all).code()).isEqualTo("wrong_resource");
		Visitor visitor = new Visitor(this.http.base());
		visitor.signIn(superuser.email(), People.PASSWORD);
		Map<String, List<String>> session = Map.of("Cookie", List.of("latchkey_session=" + visitor.session()));
		assertThat(this.http.send("GET", "/forward-auth?scope=%s:read".formatted(this.parcels), null, session).code())
			.isEqualTo("authentication_required");
		assertThat(this.http.send("GET", "/forward-auth?resource=" + this.parcels, null, session).code())
			.isEqualTo("authentication_required");
	}

	@Test
	void whoHasNotTheRoleForAScopeDoesNotPass() {
		String admins = this.people.raw(this.people.admin(), this.parcels + ":write");
		assertThat(ask("scope=%s:write".formatted(this.parcels), admins).status()).isEqualTo(204);
		User former = this.people.admin();
		String token = this.people.raw(former, this.parcels + ":write");
		this.people.setRoles(former, Role.USER);
		assertThat(ask("scope=%s:write".formatted(this.parcels), token).code()).isEqualTo("insufficient_scope");
	}

	@Test
	void aTokenMayBeBoundToSeveral() {
		String token = this.people.raw(this.user,
				TokenRequest.of(this.parcels + ":read", "user:read").boundTo(this.parcels, "latchkey"));
		assertThat(ask("resource=%s&resource=latchkey".formatted(this.parcels), token).status()).isEqualTo(204);
		assertThat(ask("scope=%s:read&scope=user:read".formatted(this.parcels), token).status()).isEqualTo(204);
		assertThat(ask("resource=" + this.depots, token).code()).isEqualTo("wrong_resource");
	}

	private Answer ask(String query, String token) {
		return this.http.get("/forward-auth?" + query, token);
	}

	private Answer beneath(String token, String header, String value) {
		return this.http.send("GET", "/forward-auth/x", null,
				Map.of("Authorization", List.of("Bearer " + token), header, List.of(value)));
	}

}
