package dev.latchkey.gateway;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import dev.latchkey.caller.User;
import dev.latchkey.testing.Http;
import dev.latchkey.testing.Http.Answer;
import dev.latchkey.testing.OtherSettingsTest;
import dev.latchkey.testing.People;
import dev.latchkey.testing.TokenRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tools that speak Basic alone, in front of a service whose proxy asks here.
 */
@OtherSettingsTest
class BasicCredentialsTests {

	private static final String HEADER = "X-Api-Token";

	@Autowired
	private Http http;

	@Autowired
	private People people;

	@ParameterizedTest
	@ValueSource(strings = { "token", "", "somebody@example.com", "\u00e4\u20ac", "admin@latchkey.dev", "a b" })
	void theTokenIsThePasswordAndTheNameIsIgnored(String name) {
		User user = this.people.user();
		String token = this.people.raw(user, "user:read");
		for (String path : List.of("/forward-auth?scope=user:read", "/forward-auth/any/path")) {
			Answer answer = ask(path, "Basic " + encoded(name + ":" + token));
			assertThat(answer.status()).isEqualTo(204);
			assertThat(answer.header("X-Auth-User")).isEqualTo(user.email());
		}
		assertThat(ask("/forward-auth?scope=notes:write", "Basic " + encoded(name + ":" + token)).status())
			.isEqualTo(403);
	}

	@Test
	void theSchemeIsWrittenInAnyCaseAndBearerIsTakenAsEver() {
		String token = this.people.raw(this.people.user(), "user:read");
		String pair = encoded("x:" + token);
		for (String header : List.of("basic " + pair, "BASIC   " + pair + " ", "Bearer " + token,
				"Basic " + pair.replace("=", ""))) {
			assertThat(ask("/forward-auth", header).status()).as(header).isEqualTo(204);
		}
	}

	@Test
	void whatCannotBeReadIsABadTokenAndBothSchemesAreOffered() {
		String token = this.people.raw(this.people.user(), "user:read");
		List<String> malformed = new ArrayList<>(List.of("Basic", "Basic =", "Basic !", "Basic a b", "Basic " + token,
				"Basic " + encoded(token), "Basic " + encoded(token + ":"), "Basic " + encoded("x:"),
				"Basic " + encoded(":"), "Basic " + encoded("x:y:" + token), "Basic " + encoded("x: " + token),
				"Basic " + encoded("x:" + token + "\n"), "Basic " + encoded("x:" + token + "\u00e4"),
				"Basic " + encoded("x:" + token + "\0"), "Basic " + encoded("x:" + token).replaceFirst(".$", "-"),
				"Basic " + encoded("x:" + token) + "====", "Basic x:" + token,
				"Basic " + encoded("n".repeat(500) + ":" + token),
				"Basic " + encoded("test@latchkey.dev:latchkey-user"), "Basic " + encoded("x:" + token + "x"),
				"Bearer " + encoded("x:" + token), "Bearer x:" + token));
		malformed.forEach((header) -> {
			Answer answer = ask("/forward-auth", header);
			assertThat(answer.status()).as(header).isEqualTo(401);
			assertThat(challenges(answer)).as(header).hasSize(2);
			assertThat(challenges(answer).get(0)).as(header)
				.startsWith("Bearer realm=\"latchkey\", error=\"invalid_token\"");
			assertThat(challenges(answer).get(1)).as(header).isEqualTo("Basic realm=\"latchkey\"");
			assertThat(answer.body()).doesNotContain(token);
		});
		Answer twice = this.http.send("GET", "/forward-auth", null,
				Map.of(HEADER, List.of("Basic " + encoded("x:" + token), "Basic " + encoded("x:" + token))));
		assertThat(twice.status()).isEqualTo(401);
		assertThat(this.http.raw("GET /forward-auth HTTP/1.1\r\nHost: a\r\nConnection: close\r\n%s: Basic %s\r\n\r\n"
			.formatted(HEADER, "a".repeat(100_000)))).startsWith("HTTP/1.1 401")
			.contains("WWW-Authenticate: Basic realm=\"latchkey\"");
	}

	@Test
	void whoSendsNothingIsOfferedBasicInFrontOfOtherServicesAlone() {
		assertThat(challenges(this.http.get("/forward-auth"))).containsExactly("Bearer realm=\"latchkey\"",
				"Basic realm=\"latchkey\"");
		assertThat(challenges(this.http.send("GET", "/forward-auth/a", null, Map.of("Latchkey-Scope", List.of("")))))
			.hasSize(2);
		assertThat(challenges(ask("/forward-auth", "Digest x"))).hasSize(2);
		assertThat(challenges(this.http.get("/api/user"))).containsExactly("Bearer realm=\"latchkey\"");
	}

	@Test
	void elsewhereBasicIsASchemeLikeAnyOther() {
		String pair = encoded("x:" + this.people.raw(this.people.user(), "user:read"));
		Answer answer = ask("/api/user", "Basic " + pair);
		assertThat(answer.status()).isEqualTo(401);
		assertThat(answer.code()).isEqualTo("authentication_required");
		assertThat(challenges(answer)).containsExactly("Bearer realm=\"latchkey\"");
	}

	@Test
	void theTokensOwnLimitCounts() {
		String pair = encoded("x:" + this.people.raw(this.people.user(), TokenRequest.of("user:read").atMost(1)));
		assertThat(ask("/forward-auth", "Basic " + pair).status()).isEqualTo(204);
		Answer limited = ask("/forward-auth", "Basic " + pair);
		assertThat(limited.status()).isEqualTo(429);
		assertThat(limited.header("Retry-After")).isNotNull();
	}

	private Answer ask(String path, String credentials) {
		return this.http.send("GET", path, null,
				Map.of(HEADER, List.of(credentials), "Latchkey-Scope", List.of("user:read")));
	}

	private static List<String> challenges(Answer answer) {
		return answer.response().headers().allValues("WWW-Authenticate");
	}

	private static String encoded(String pair) {
		return Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
	}

}
