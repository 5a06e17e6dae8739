package dev.latchkey.introspection;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.latchkey.caller.User;
import dev.latchkey.scope.Role;
import dev.latchkey.testing.App;
import dev.latchkey.testing.Apps;
import dev.latchkey.testing.Forms;
import dev.latchkey.testing.Http;
import dev.latchkey.testing.Http.Answer;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import dev.latchkey.testing.TestClock;
import dev.latchkey.testing.TokenRequest;
import dev.latchkey.token.IssuedToken;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

@LatchkeyTest
class IntrospectionTests {

	private static final String INTROSPECT = "/oauth2/introspect";

	@Autowired
	private Http http;

	@Autowired
	private People people;

	@Autowired
	private TestClock clock;

	@Autowired
	private Apps apps;

	private User user;

	private App app;

	@BeforeEach
	void registerClient() {
		this.user = this.people.user();
		this.app = this.apps.own("rs-" + UUID.randomUUID(), "s3cret+/=%", this.user, Role.USER);
	}

	@Test
	void aPersonalTokenIsDescribed() {
		Instant now = this.clock.stop();
		IssuedToken token = this.people.token(this.user, "notes:*", "users:read");
		Answer answer = introspect(token.raw().reveal());
		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
		assertThat(answer.<Boolean>json("active")).isTrue();
		assertThat(answer.<String>json("scope")).isEqualTo("notes:read notes:write");
		assertThat(answer.<String>json("username")).isEqualTo(this.user.email());
		assertThat(answer.<String>json("sub")).isEqualTo(this.user.id().toString());
		assertThat(answer.<String>json("token_type")).isEqualTo("Bearer");
		assertThat(answer.<String>json("jti")).isEqualTo(token.details().id().toString());
		assertThat(answer.<Integer>json("iat")).isEqualTo((int) now.getEpochSecond());
		assertThat(answer.<Integer>json("nbf")).isEqualTo((int) now.getEpochSecond());
		assertThat(answer.<Integer>json("exp")).isEqualTo((int) now.plus(Duration.ofDays(90)).getEpochSecond());
		assertThat(answer.body()).doesNotContain("client_id");
	}

	@Test
	void tokensOfFlowsNameTheirClientAndRefreshTokensAreForItAlone() {
		Answer pair = signIn();
		Answer access = introspect(pair.json("access_token"));
		assertThat(access.<Boolean>json("active")).isTrue();
		assertThat(access.<String>json("client_id")).isEqualTo(this.app.id());
		Answer refresh = introspect(pair.json("refresh_token"));
		assertThat(refresh.<Boolean>json("active")).isTrue();
		assertThat(refresh.<String>json("token_type")).isEqualTo("refresh_token");
		assertInactive(this.apps.own(this.user).post(INTROSPECT, "token", pair.json("refresh_token")));
		String own = this.people.raw(this.user, "tokens:introspect");
		assertThat(send(INTROSPECT, "Bearer " + own, "token", pair.json("refresh_token")).<Boolean>json("active"))
			.isTrue();
		String others = this.people.raw(this.people.user(), "tokens:introspect");
		assertInactive(send(INTROSPECT, "Bearer " + others, "token", pair.json("refresh_token")));
	}

	@Test
	void whateverIsNotGoodIsJustInactive() {
		assertInactive(introspect("nonsense"));
		assertInactive(introspect("lkp_" + "0".repeat(49)));
		String revoked = this.people.raw(this.user, "notes:read");
		assertThat(introspect(revoked).<Boolean>json("active")).isTrue();
		this.http.delete("/api/tokens/current", revoked);
		assertInactive(introspect(revoked));
		this.clock.stop();
		String expired = this.people.raw(this.user, "notes:read");
		this.clock.advance(Duration.ofDays(90));
		assertInactive(introspect(expired));
	}

	@Test
	void aDemotedOrDisabledOwnerShowsAtOnce() {
		this.people.superuser();
		User admin = this.people.admin();
		String token = this.people.raw(admin, "users:read");
		assertThat(introspect(token).<String>json("scope")).isEqualTo("users:read");
		this.people.setRoles(admin, Role.USER);
		assertThat(introspect(token).<String>json("scope")).isEmpty();
		this.people.disable(admin);
		assertInactive(introspect(token));
	}

	@Test
	void aTokenBoundToAddressesIsGoodFromThereAlone() {
		String token = this.people.raw(this.user, TokenRequest.of("notes:read").onlyAt("192.0.2.0/24"));
		assertInactive(introspect(token));
		assertThat(send(INTROSPECT, basic(), "token", token, "client_ip", "192.0.2.7").<Boolean>json("active"))
			.isTrue();
		assertInactive(send(INTROSPECT, basic(), "token", token, "client_ip", "198.51.100.7"));
		for (String none : List.of("example.com", "999.1.1.1", "192.0.519", "3221225991", "192.0.2.007")) {
			assertThat(send(INTROSPECT, basic(), "token", token, "client_ip", none).status()).as(none).isEqualTo(400);
		}
	}

	@Test
	void theClientProvesItselfByBasicOrPostOrAToken() {
		String token = this.people.raw(this.user, "notes:read");
		assertThat(send(INTROSPECT, null, "token", token, "client_id", this.app.id(), "client_secret", "s3cret+/=%")
			.<Boolean>json("active")).isTrue();
		assertThat(send(INTROSPECT, "Bearer " + this.people.raw(this.user, "tokens:introspect"), "token", token)
			.<Boolean>json("active")).isTrue();
		Answer lacking = send(INTROSPECT, "Bearer " + token, "token", token);
		assertThat(lacking.status()).isEqualTo(403);
		assertThat(lacking.header("WWW-Authenticate")).contains("insufficient_scope").contains("tokens:introspect");
	}

	@Test
	void nobodyElseIsTold() {
		String token = this.people.raw(this.user, "notes:read");
		assertUnauthorized(send(INTROSPECT, null, "token", token), "Basic");
		assertUnauthorized(send(INTROSPECT, Forms.basic(this.app.id(), "wrong"), "token", token), "Basic");
		assertUnauthorized(send(INTROSPECT, Forms.basic("nobody", "wrong"), "token", token), "Basic");
		assertUnauthorized(send(INTROSPECT, "Basic !!!", "token", token), "Basic");
		assertUnauthorized(send(INTROSPECT, "Bearer lkp_wrong", "token", token), "Bearer");
		assertUnauthorized(send(INTROSPECT, null, "token", token, "client_id", this.app.id()), "Basic");
	}

	@Test
	void malformedRequestsAreSaidToBeSo() {
		assertInvalid(send(INTROSPECT, basic()));
		assertInvalid(send(INTROSPECT, basic(), "token", "one", "token", "two"));
		assertInvalid(send(INTROSPECT + "?token=x", basic()));
		assertInvalid(send(INTROSPECT, basic(), "token", "one", "client_id", this.app.id(), "client_secret", "s"));
		Answer json = this.http.send("POST", INTROSPECT, "{}", Map.of("Authorization", List.of(basic())));
		assertInvalid(json);
		assertThat(this.http.get(INTROSPECT).status()).isEqualTo(405);
	}

	@Test
	void aUseAtAResourceServerIsAUse() {
		IssuedToken token = this.people.token(this.user, "notes:read");
		introspect(token.raw().reveal());
		String reader = this.people.raw(this.user, "tokens:read");
		String path = "/api/tokens/" + token.details().id();
		org.awaitility.Awaitility.await()
			.untilAsserted(() -> assertThat(this.http.get(path, reader).<String>json("last_used_at")).isNotNull());
	}

	@Test
	void revocationEndsTokensOfEveryKindAndSaysNothing() {
		String personal = this.people.raw(this.user, "notes:read");
		Answer pair = signIn();
		Answer other = signIn();
		for (String token : List.of(personal + "\n", pair.<String>json("access_token"),
				other.<String>json("refresh_token"), "nonsense", "lkr_" + "0".repeat(49))) {
			assertThat(send("/oauth2/revoke", basic(), "token", token).status()).isEqualTo(200);
		}
		assertInactive(introspect(personal));
		assertInactive(introspect(pair.json("access_token")));
		assertInactive(introspect(pair.json("refresh_token")));
		assertInactive(introspect(other.json("access_token")));
		assertInvalid(send("/oauth2/revoke", basic()));
		assertUnauthorized(send("/oauth2/revoke", null, "token", personal), "Basic");
		assertUnauthorized(send("/oauth2/revoke", null, "token", personal, "client_id", this.app.id()), "Basic");
	}

	private Answer signIn() {
		return this.app.signIn(this.user);
	}

	private Answer introspect(String token) {
		return send(INTROSPECT, basic(), "token", token);
	}

	private Answer send(String path, String authorization, String... form) {
		return this.http.postForm(path, authorization, form);
	}

	private String basic() {
		return this.app.basic();
	}

	private static void assertInactive(Answer answer) {
		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.body()).isEqualTo("{\"active\":false}");
	}

	private static void assertInvalid(Answer answer) {
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.<String>json("error")).isEqualTo("invalid_request");
	}

	private static void assertUnauthorized(Answer answer, String scheme) {
		assertThat(answer.status()).isEqualTo(401);
		assertThat(answer.header("WWW-Authenticate")).startsWith(scheme + " ");
	}

}
