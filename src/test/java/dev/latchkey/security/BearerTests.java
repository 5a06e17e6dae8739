package dev.latchkey.security;

import java.util.List;
import java.util.Map;

import dev.latchkey.testing.Http;
import dev.latchkey.testing.Http.Answer;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How a token is presented, and how it is refused.
 */
@LatchkeyTest
class BearerTests {

	@Autowired
	private Http http;

	@Autowired
	private People people;

	@Test
	void aGuestIsAskedForATokenWithoutAnErrorCode() {
		Answer answer = this.http.get("/api/user");
		assertThat(answer.status()).isEqualTo(401);
		assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer realm=\"latchkey\"");
		assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
		assertThat(answer.code()).isEqualTo("authentication_required");
		assertThat(answer.<String>json("instance")).isEqualTo("/api/user");
	}

	@ParameterizedTest
	@ValueSource(strings = { "Bearer %s", "bearer %s", "BEARER %s", "Bearer    %s", "Bearer %s   " })
	void theSchemeIsCaseInsensitiveAndSpacesAreTolerated(String form) {
		String token = this.people.raw(this.people.user(), "user:read");
		assertThat(sendAuthorization(form.formatted(token)).status()).isEqualTo(200);
	}

	@ParameterizedTest
	@ValueSource(strings = { "Basic dXNlcjpwYXNz", "Digest abc", "Bearer2 abc", "Token abc" })
	void anotherSchemeIsNoCredentials(String value) {
		Answer answer = sendAuthorization(value);
		assertThat(answer.status()).isEqualTo(401);
		assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer realm=\"latchkey\"");
		assertThat(answer.code()).isEqualTo("authentication_required");
	}

	@ParameterizedTest
	@ValueSource(strings = { "Bearer", "Bearer ", "", "Bearer a b", "Bearer a,b", "Bearer \"abc\"", "Bearer =",
			"Bearer abc=d", "lkp_onlyatoken", "Bearer\tabc" })
	void aMalformedHeaderIsABadRequest(String value) {
		Answer answer = sendAuthorization(value);
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.header("WWW-Authenticate")).contains("error=\"invalid_request\"");
		assertThat(answer.code()).isEqualTo("invalid_request");
	}

	@Test
	void twoHeadersAreABadRequestEvenIfBothAreGood() {
		String token = this.people.raw(this.people.user(), "user:read");
		Answer answer = this.http.send("GET", "/api/user", null,
				Map.of("Authorization", List.of("Bearer " + token, "Bearer " + token)));
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.code()).isEqualTo("invalid_request");
	}

	@Test
	void aHeaderOverFiveHundredAndTwelveCharactersIsABadRequest() {
		assertThat(sendAuthorization("Bearer " + "a".repeat(505)).code()).isEqualTo("invalid_token");
		assertThat(sendAuthorization("Bearer " + "a".repeat(506)).code()).isEqualTo("invalid_request");
	}

	@Test
	void anUnknownTokenIsRefusedWithoutAReason() {
		Answer answer = sendAuthorization("Bearer nonsense");
		assertThat(answer.status()).isEqualTo(401);
		assertThat(answer.header("WWW-Authenticate")).startsWith("Bearer realm=\"latchkey\", error=\"invalid_token\"");
		assertThat(answer.code()).isEqualTo("invalid_token");
	}

	@Test
	void aPublicRouteRefusesABadTokenToo() {
		assertThat(this.http.get("/api/scopes").status()).isEqualTo(200);
		assertThat(this.http.get("/api/scopes", "nonsense").status()).isEqualTo(401);
	}

	@Test
	void routesWithCredentialsInTheBodyIgnoreTheHeader() {
		Answer answer = this.http.post("/api/tokens/diagnose", "nonsense", "{\"token\":\"x\"}");
		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.<String>json("state")).isEqualTo("malformed");
	}

	@Test
	void aTokenInTheQueryIsNeverLookedAt() {
		String token = this.people.raw(this.people.user(), "user:read");
		assertThat(this.http.get("/api/user?access_token=" + token).status()).isEqualTo(401);
	}

	@Test
	void aLackingScopeIsNamed() {
		String token = this.people.raw(this.people.user(), "user:read");
		Answer answer = this.http.get("/api/notes", token);
		assertThat(answer.status()).isEqualTo(403);
		assertThat(answer.header("WWW-Authenticate"))
			.isEqualTo("Bearer realm=\"latchkey\", error=\"insufficient_scope\", scope=\"notes:read\"");
		assertThat(answer.code()).isEqualTo("insufficient_scope");
	}

	@Test
	void aLackingRoleIsForbidden() {
		Answer answer = this.http.get("/api/users", this.people.raw(this.people.user(), "*"));
		assertThat(answer.status()).isEqualTo(403);
		assertThat(answer.code()).isEqualTo("forbidden");
		assertThat(answer.<String>json("detail"))
			.isEqualTo("The role of the account does not allow this; it takes the role ADMIN.");
	}

	@Test
	void theRightIsCheckedBeforeTheBodyIsRead() {
		String token = this.people.raw(this.people.user(), "user:read");
		assertThat(this.http.post("/api/notes", token, "{broken").code()).isEqualTo("insufficient_scope");
		assertThat(this.http.post("/api/notes", "{broken").code()).isEqualTo("authentication_required");
	}

	private Answer sendAuthorization(String value) {
		return this.http.send("GET", "/api/user", null, Map.of("Authorization", List.of(value)));
	}

}
