package dev.latchkey.client;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

import dev.latchkey.caller.User;
import dev.latchkey.scope.Role;
import dev.latchkey.testing.Apps;
import dev.latchkey.testing.ClientRequest;
import dev.latchkey.testing.Http;
import dev.latchkey.testing.Http.Answer;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How a client says which one it is: the same at every endpoint that asks.
 */
@LatchkeyTest
class ClientAuthenticationTests {

	private static final String PUBLIC = "a public client";

	private static final String CONFIDENTIAL = "a client with a secret";

	@Autowired
	private Http http;

	@Autowired
	private People people;

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private Apps apps;

	@Autowired
	private ClientRegistrations registrations;

	private final String confidential = "c-" + UUID.randomUUID();

	private final String open = "p-" + UUID.randomUUID();

	private final String secret = "s-" + UUID.randomUUID();

	private User user;

	@BeforeEach
	void registerClients() {
		this.user = this.people.user();
		this.registrations.registerOwn(this.confidential, new ClientSecret(this.secret), Role.USER, this.user.id());
		this.apps.register(ClientRequest.named("App")
			.calledBy(this.open)
			.redirectingTo("https://app.example/back")
			.allowed("user:read")
			.by("authorization_code", "refresh_token")
			.withoutSecret());
	}

	/** Each way of saying it at each endpoint that takes any client. */
	static Stream<Arguments> ways() {
		List<Arguments> ways = new ArrayList<>();
		for (String path : List.of("/oauth2/token", "/oauth2/revoke", "/oauth2/introspect")) {
			ways.add(Arguments.of(path, CONFIDENTIAL, "Basic {c}:{s}", "", 0));
			ways.add(Arguments.of(path, CONFIDENTIAL, "Basic {c}:{s}", "&client_secret=", 0));
			ways.add(Arguments.of(path, CONFIDENTIAL, "Basic {c}:{s}", "&client_id={c}", 0));
			ways.add(Arguments.of(path, CONFIDENTIAL, "bASIC  {c}:{s}", "", 0));
			ways.add(Arguments.of(path, CONFIDENTIAL, null, "&client_id={c}&client_secret={s}", 0));
			ways.add(Arguments.of(path, CONFIDENTIAL, "Basic {c}:{s}", "&client_id=&client_secret=", 0));
			ways.add(Arguments.of(path, PUBLIC, null, "&client_id={p}", 0));
			ways.add(Arguments.of(path, PUBLIC, null, "&client_id={p}&client_secret=", 0));
			ways.add(Arguments.of(path, PUBLIC, "Basic {p}:", "", 0));
			ways.add(Arguments.of(path, PUBLIC, "Basic {p}:", "&client_id={p}&client_secret=", 0));
			ways.add(Arguments.of(path, CONFIDENTIAL, "Basic {c}:{s}", "&client_secret={s}", 400));
			ways.add(Arguments.of(path, CONFIDENTIAL, "Basic {c}:{s}", "&client_id={p}", 400));
			ways.add(Arguments.of(path, CONFIDENTIAL, null, "&client_id={c}&client_id={c}&client_secret={s}", 400));
			ways.add(Arguments.of(path, CONFIDENTIAL, null, "&client_id={c}", 401));
			ways.add(Arguments.of(path, CONFIDENTIAL, null, "&client_id={c}&client_secret=", 401));
			ways.add(Arguments.of(path, CONFIDENTIAL, "Basic {c}:", "", 401));
			ways.add(Arguments.of(path, CONFIDENTIAL, "Basic {c}:wrong", "", 401));
			ways.add(Arguments.of(path, CONFIDENTIAL, "Basic {c}", "", 401));
			ways.add(Arguments.of(path, CONFIDENTIAL, "Digest {c}:{s}", "", 401));
			ways.add(Arguments.of(path, PUBLIC, "Basic {p}:wrong", "", 401));
			ways.add(Arguments.of(path, PUBLIC, null, "&client_id={p}&client_secret=wrong", 401));
			ways.add(Arguments.of(path, PUBLIC, null, "", 401));
			ways.add(Arguments.of(path, PUBLIC, null, "&client_id=", 401));
		}
		return ways.stream();
	}

	@ParameterizedTest
	@MethodSource("ways")
	void eachWayIsJudgedAlikeEverywhere(String path, String who, String authorization, String form, int refused) {
		Answer answer = send(path, "grant_type=refresh_token&refresh_token=lkr_none&token=lkr_none" + filled(form),
				authorization);
		if (refused == 0 && who.equals(PUBLIC) && path.equals("/oauth2/introspect")) {
			// Whoever knows a public client's name would learn what any token may do.
			refused = 401;
		}
		if (refused == 0) {
			assertThat(answer.status()).as(answer.body()).isEqualTo(path.equals("/oauth2/token") ? 400 : 200);
			assertThat(answer.body()).doesNotContain("invalid_client", "invalid_request");
			return;
		}
		assertThat(answer.status()).as(answer.body()).isEqualTo(refused);
		assertThat(answer.<String>json("error")).isEqualTo((refused == 400) ? "invalid_request" : "invalid_client");
		assertThat(answer.<String>json("error_description")).isNotBlank();
		assertThat(answer.header("WWW-Authenticate")).isEqualTo((refused == 401) ? "Basic realm=\"latchkey\"" : null);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/oauth2/token", "/oauth2/revoke", "/oauth2/introspect" })
	void whatStandsInTheAddressIsNoField(String path) {
		Answer answer = send(path + "?client_id=" + this.confidential + "&client_secret=" + this.secret,
				"grant_type=client_credentials&token=x", null);
		assertThat(answer.<String>json("error")).isEqualTo("invalid_client");
		assertThat(send(path + "?x=grant_type&grant_type=x&token=y", "grant_type=client_credentials&token=x&unknown=1",
				"Basic {c}:{s}")
			.status()).isEqualTo(200);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/oauth2/introspect", "/oauth2/revoke" })
	void anEmptyTokenIsNone(String path) {
		Answer answer = send(path, "token=", "Basic {c}:{s}");
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.<String>json("error")).isEqualTo("invalid_request");
		assertThat(answer.<String>json("error_description")).contains("token");
	}

	@Test
	void emptyParametersOfTheTokenEndpointAreAsIfLeftOut() {
		Answer answer = send("/oauth2/token", "grant_type=client_credentials&scope=&code=&refresh_token=&resource=",
				"Basic {c}:{s}");
		assertThat(answer.status()).as(answer.body()).isEqualTo(200);
		Answer none = send("/oauth2/token", "grant_type=", "Basic {c}:{s}");
		assertThat(none.<String>json("error")).isEqualTo("invalid_request");
		assertThat(none.<String>json("error_description")).contains("grant_type");
	}

	@Test
	void emptyAndUnknownFieldsOfTheCredentialFlowAreAsIfLeftOut() {
		Answer pair = this.http.post("/security/generate-token", """
				{"grant_type":"password","client_id":"%s","client_secret":"%s","scope":"api","username":"%s",\
				"password":"%s","device":"x"}""".formatted(this.confidential, this.secret, this.user.email(),
				People.PASSWORD));
		assertThat(pair.status()).as(pair.body()).isEqualTo(200);
		Answer refreshed = this.http.post("/security/refresh-token?x=1", """
				{"grant_type":"refresh_token","client_id":"%s","client_secret":"%s","scope":"","refresh_token":"%s",\
				"username":""}""".formatted(this.confidential, this.secret, pair.<String>json("refresh_token")));
		assertThat(refreshed.status()).as(refreshed.body()).isEqualTo(200);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "{", "[]", "null", "{\"refresh_token\":1}", "{\"scope\":[]}", "\"x\"", "{}" })
	void aRefreshThatCannotBeReadIsAnInvalidOne(String body) {
		Answer answer = this.http.post("/security/refresh-token", body);
		assertThat(answer.status()).as(answer.body()).isEqualTo(401);
		assertThat(answer.<String>json("error")).isEqualTo("invalid_request");
		assertThat(answer.<String>json("hint")).isNotBlank();
		assertThat(answer.<String>json("message")).isEqualTo("The refresh token is invalid.");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/oauth2/token", "/oauth2/introspect", "/oauth2/revoke", "/security/generate-token",
			"/security/refresh-token", "/oauth2/jwks", "/.well-known/oauth-authorization-server" })
	void everyRefusalHasAnError(String path) {
		for (String method : List.of("GET", "PUT", "DELETE", "POST")) {
			Answer answer = this.http.send(method, path, "<x/>", Map.of("Content-Type", List.of("application/xml")));
			if (answer.status() >= 400) {
				assertThat(answer.<String>json("error")).as(method + " " + answer.body()).isNotBlank();
			}
		}
	}

	@Test
	void aSecretThatWasReplacedElsewhereIsRefusedAtOnce() {
		String form = "token=lkr_none&client_id={c}&client_secret={s}";
		assertThat(send("/oauth2/introspect", filled(form), null).status()).isEqualTo(200);
		this.jdbc.sql("update oauth_client set secret_digest = sha256('another') where client_id = ?")
			.param(this.confidential)
			.update();
		Awaitility.await()
			.pollInterval(Duration.ofMillis(5))
			.until(() -> send("/oauth2/introspect", filled(form), null).status() == 401);
		assertThat(send("/oauth2/token", filled("grant_type=client_credentials&client_id={c}&client_secret={s}"), null)
			.status()).isEqualTo(401);
	}

	private String filled(String text) {
		return text.replace("{c}", this.confidential).replace("{p}", this.open).replace("{s}", this.secret);
	}

	private Answer send(String path, String form, String authorization) {
		Map<String, List<String>> headers = new HashMap<>();
		if (authorization != null) {
			int end = authorization.lastIndexOf(' ') + 1;
			headers.put("Authorization", List.of(authorization.substring(0, end) + Base64.getEncoder()
				.encodeToString(filled(authorization.substring(end)).getBytes(StandardCharsets.UTF_8))));
		}
		return this.http.sendForm(path, form, headers);
	}

}
