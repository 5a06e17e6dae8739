package dev.latchkey.oauth;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import com.nimbusds.jwt.SignedJWT;
import dev.latchkey.caller.User;
import dev.latchkey.client.ClientRegistrations;
import dev.latchkey.client.RegisteredSecret;
import dev.latchkey.scope.Role;
import dev.latchkey.testing.App;
import dev.latchkey.testing.Apps;
import dev.latchkey.testing.ClientRequest;
import dev.latchkey.testing.Forms;
import dev.latchkey.testing.Http;
import dev.latchkey.testing.Http.Answer;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import dev.latchkey.testing.TokenRequest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

import static org.assertj.core.api.Assertions.assertThat;

@LatchkeyTest
class TokenEndpointTests {

	private static final String EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";

	private static final String ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token";

	@Autowired
	private Http http;

	@Autowired
	private People people;

	@Autowired
	private Apps apps;

	@Autowired
	private ClientRegistrations registrations;

	private User admin;

	private User user;

	private RegisteredSecret service;

	@BeforeEach
	void registerClient() {
		this.admin = this.people.admin();
		this.people.admin();
		this.user = this.people.user();
		this.service = this.registrations.register(this.people.signedIn(this.admin).actor(),
				ClientRequest.named("Some Service")
					.allowed("notes:read", "notes:write", "users:read")
					.by("client_credentials", EXCHANGE)
					.actingFor(this.user.email())
					.signingFor("https://rs.example")
					.asked());
	}

	@Test
	void aClientActsForTheAccountBehindIt() {
		Answer tokens = token("grant_type", "client_credentials", "scope", "notes:read users:read");
		assertThat(tokens.status()).isEqualTo(200);
		assertThat(tokens.body()).doesNotContain("refresh_token");
		String access = tokens.json("access_token");
		assertThat(access).startsWith("lko_");
		assertThat(this.http.get("/api/notes", access).status()).isEqualTo(200);
		assertThat(this.http.get("/api/users", access).status()).isEqualTo(403);
	}

	@Test
	void aClientGetsNoMoreThanItsScopes() {
		Answer all = token("grant_type", "client_credentials");
		assertThat(all.<String>json("scope").split(" ")).containsExactlyInAnyOrder("notes:read", "notes:write",
				"users:read");
		Answer more = token("grant_type", "client_credentials", "scope", "tokens:write");
		assertThat(more.status()).isEqualTo(400);
		assertThat(more.<String>json("error")).isEqualTo("invalid_scope");
	}

	@Test
	void aClientWhoseAccountIsDisabledGetsNothing() {
		Answer before = token("grant_type", "client_credentials");
		this.people.disable(this.user);
		assertThat(this.http.get("/api/notes", before.<String>json("access_token")).status()).isEqualTo(401);
		assertThat(token("grant_type", "client_credentials").<String>json("error")).isEqualTo("unauthorized_client");
	}

	@Test
	void clientsAndGrantTypesAreChecked() {
		Answer wrong = send(this.service.client().clientId(), "wrong", "grant_type", "client_credentials");
		assertThat(wrong.status()).isEqualTo(401);
		assertThat(wrong.<String>json("error")).isEqualTo("invalid_client");
		assertThat(wrong.header("WWW-Authenticate")).startsWith("Basic ");
		assertThat(token("grant_type", "password").<String>json("error")).isEqualTo("unsupported_grant_type");
		assertThat(token("grant_type", "refresh_token", "refresh_token", "lkr_x").<String>json("error"))
			.isEqualTo("unauthorized_client");
		assertThat(token("scope", "notes:read").<String>json("error")).isEqualTo("invalid_request");
	}

	@Test
	void anyTokenBuysASignedOneThatOthersVerifyOffline() throws Exception {
		String personal = this.people.raw(this.user, "notes:*", "user:read");
		Answer exchanged = exchange(personal, "scope", "notes:read", "audience", "https://rs.example");
		assertThat(exchanged.status()).isEqualTo(200);
		assertThat(exchanged.<String>json("issued_token_type")).isEqualTo("urn:ietf:params:oauth:token-type:jwt");
		assertThat(exchanged.<Integer>json("expires_in")).isEqualTo(300);
		Jwt jwt = NimbusJwtDecoder.withJwkSetUri(this.http.base() + "/oauth2/jwks")
			.build()
			.decode(exchanged.json("access_token"));
		assertThat(jwt.getSubject()).isEqualTo(this.user.id().toString());
		assertThat(jwt.getAudience()).containsExactly("https://rs.example");
		assertThat(jwt.getClaimAsString("scope")).isEqualTo("notes:read");
		assertThat(jwt.getClaimAsString("client_id")).isEqualTo(this.service.client().clientId());
		assertThat(jwt.getClaimAsString("iss")).isEqualTo(this.http.base());
		assertThat(jwt.getId()).isNotBlank();
		assertThat(Duration.between(jwt.getIssuedAt(), jwt.getExpiresAt())).isEqualTo(Duration.ofMinutes(5));
		assertThat(this.http.get("/oauth2/jwks").body()).doesNotContain("\"d\":");
	}

	@Test
	void whatItMayDoIsAtMostWhatTokenRolesAndClientAllow() throws Exception {
		String token = this.people.raw(this.user, "*");
		SignedJWT jwt = SignedJWT.parse(exchange(token).json("access_token"));
		assertThat(jwt.getJWTClaimsSet().getStringClaim("scope")).isEqualTo("notes:read notes:write");
		String narrow = this.people.raw(this.user, "notes:read");
		assertThat(exchange(narrow, "scope", "notes:write").<String>json("error")).isEqualTo("invalid_scope");
		assertThat(exchange(token, "scope", "users:read").<String>json("error")).isEqualTo("invalid_scope");
		assertThat(exchange(token, "scope", "user:read").<String>json("error")).isEqualTo("invalid_scope");
	}

	@Test
	void itLivesNoLongerThanTheToken() throws Exception {
		Instant end = Instant.now().plusSeconds(60);
		String token = this.people.raw(this.user, TokenRequest.of("notes:read").endingAt(end));
		SignedJWT jwt = SignedJWT.parse(exchange(token).json("access_token"));
		assertThat(jwt.getJWTClaimsSet().getExpirationTime().toInstant()).isBeforeOrEqualTo(end);
	}

	@Test
	void whatIsNoGoodTokenBuysNothing() {
		assertThat(exchange("lkp_nonsense").<String>json("error")).isEqualTo("invalid_request");
		String revoked = this.people.raw(this.user, "notes:read");
		this.http.delete("/api/tokens/current", revoked);
		assertThat(exchange(revoked).<String>json("error")).isEqualTo("invalid_request");
		assertThat(token("grant_type", EXCHANGE, "subject_token", this.people.raw(this.user, "notes:read"))
			.<String>json("error")).isEqualTo("invalid_request");
	}

	@Test
	void anExchangeNeedsAClientThatMay() {
		RegisteredSecret other = this.registrations.register(this.people.signedIn(this.admin).actor(),
				ClientRequest.named("Other").allowed("notes:read").by("client_credentials").asked());
		Answer answer = send(other.client().clientId(), other.secret().value(), "grant_type", EXCHANGE, "subject_token",
				this.people.raw(this.user, "notes:read"), "subject_token_type", ACCESS_TOKEN);
		assertThat(answer.<String>json("error")).isEqualTo("unauthorized_client");
	}

	@Test
	void theMetadataSaysWhatTheServerDoes() {
		Answer metadata = this.http.get("/.well-known/oauth-authorization-server");
		assertThat(metadata.status()).isEqualTo(200);
		assertThat(metadata.<String>json("issuer")).isEqualTo(this.http.base());
		for (String endpoint : List.of("authorization", "token", "introspection", "revocation")) {
			assertThat(metadata.<String>json(endpoint + "_endpoint")).startsWith(this.http.base() + "/oauth2/");
		}
		assertThat(metadata.<String>json("jwks_uri")).isEqualTo(this.http.base() + "/oauth2/jwks");
		assertThat(metadata.<List<String>>json("grant_types_supported")).containsExactly("authorization_code",
				"refresh_token", "client_credentials", EXCHANGE, "urn:ietf:params:oauth:grant-type:device_code");
		assertThat(metadata.<List<String>>json("code_challenge_methods_supported")).containsExactly("S256");
		assertThat(metadata.<List<String>>json("token_endpoint_auth_methods_supported"))
			.containsExactly("client_secret_basic", "client_secret_post", "none");
		assertThat(metadata.<List<String>>json("scopes_supported")).contains("notes:read");
	}

	@Test
	void clientsSpeakToTheirOwnRoles() {
		App app = this.apps.own(this.admin, Role.ADMIN);
		assertThat(app.token("grant_type", "client_credentials").status()).isEqualTo(200);
	}

	@Test
	void aClientThatMayDoAllGetsNoScopeThatDoesNotExist() {
		Answer answer = this.apps.own(this.admin, Role.ADMIN)
			.token("grant_type", "client_credentials", "scope", "no:such");
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.<String>json("error")).isEqualTo("invalid_scope");
	}

	private Answer exchange(String subject, String... more) {
		String[] form = new String[6 + more.length];
		System.arraycopy(
				new String[] { "grant_type", EXCHANGE, "subject_token", subject, "subject_token_type", ACCESS_TOKEN },
				0, form, 0, 6);
		System.arraycopy(more, 0, form, 6, more.length);
		return token(form);
	}

	private Answer token(String... form) {
		return this.apps.of(this.service).token(form);
	}

	private Answer send(String clientId, String clientSecret, String... form) {
		return this.http.postForm("/oauth2/token", Forms.basic(clientId, clientSecret), form);
	}

}
