package dev.latchkey.oauth;

import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.latchkey.caller.User;
import dev.latchkey.client.ClientRegistrations;
import dev.latchkey.client.RegisteredSecret;
import dev.latchkey.testing.ClientRequest;
import dev.latchkey.testing.Forms;
import dev.latchkey.testing.Http;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import dev.latchkey.testing.Visitor;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.oauth2.client.OAuth2AuthorizationContext;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.RefreshTokenOAuth2AuthorizedClientProvider;
import org.springframework.security.oauth2.client.authentication.OAuth2AuthorizationCodeAuthenticationProvider;
import org.springframework.security.oauth2.client.authentication.OAuth2AuthorizationCodeAuthenticationToken;
import org.springframework.security.oauth2.client.endpoint.RestClientAuthorizationCodeTokenResponseClient;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.InMemoryClientRegistrationRepository;
import org.springframework.security.oauth2.client.web.DefaultOAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationExchange;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationResponse;
import org.springframework.security.oauth2.core.endpoint.PkceParameterNames;
import org.springframework.security.oauth2.server.resource.introspection.BadOpaqueTokenException;
import org.springframework.security.oauth2.server.resource.introspection.OpaqueTokenIntrospector;
import org.springframework.security.oauth2.server.resource.introspection.SpringOpaqueTokenIntrospector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * An application made with Spring's own OAuth client, which is told the issuer alone. Its
 * user is before a browser without a screen.
 */
@LatchkeyTest
class SpringClientTests {

	private static final String CALLBACK = "http://127.0.0.1:9/callback";

	@Autowired
	private Http http;

	@Autowired
	private People people;

	@Autowired
	private ClientRegistrations registrations;

	private User user;

	private ClientRegistration registration;

	@BeforeEach
	void registerApplication() {
		this.user = this.people.user();
		RegisteredSecret made = this.registrations.register(this.people.signedIn(this.people.admin()).actor(),
				ClientRequest.named("Parcels")
					.redirectingTo(CALLBACK)
					.allowed("notes:read", "notes:write")
					.by("authorization_code", "refresh_token")
					.asked());
		this.registration = registration(made.client().clientId(), made.secret().value());
	}

	@Test
	void aUserAllowsAPartAndTheApplicationActsForHim() {
		OAuth2AuthorizationRequest request = request();
		assertThat(Forms.query(request.getAuthorizationRequestUri())).containsEntry("code_challenge_method", "S256");
		Map<String, String> answer = answer(request, "notes:read");
		// The library leaves this comparison to the application.
		assertThat(answer).containsEntry("iss", this.registration.getProviderDetails().getIssuerUri());
		OAuth2AuthorizedClient tokens = redeem(request, answer);
		assertThat(tokens.getAccessToken().getScopes()).containsExactly("notes:read");
		assertThat(this.http.get("/api/notes", access(tokens)).status()).isEqualTo(200);
		assertThat(this.http.post("/api/notes", access(tokens), "{\"text\":\"no\"}").status()).isEqualTo(403);
		assertThat(introspector().introspect(access(tokens)).getAttributes()).containsEntry("active", true)
			.containsEntry("username", this.user.email())
			.containsEntry("client_id", this.registration.getClientId())
			.containsEntry("scope", List.of("notes:read"));
	}

	@Test
	void aUserSaysNo() {
		OAuth2AuthorizationRequest request = request();
		Map<String, String> answer = answer(request);
		assertThat(answer).containsEntry("iss", this.http.base());
		assertRefused("access_denied", () -> redeem(request, answer));
	}

	@Test
	void aRefreshTokenThatComesAgainEndsWhatCameOfIt() {
		OAuth2AuthorizedClient tokens = tokens();
		OAuth2AuthorizedClient refreshed = refresh(tokens);
		assertThat(access(refreshed)).isNotEqualTo(access(tokens));
		assertThat(this.http.get("/api/notes", access(refreshed)).status()).isEqualTo(200);
		assertRefused("invalid_grant", () -> refresh(tokens));
		assertThat(this.http.get("/api/notes", access(refreshed)).status()).isEqualTo(401);
		assertRefused("invalid_grant", () -> refresh(refreshed));
	}

	@Test
	void aCodeThatComesAgainEndsWhatItGave() {
		OAuth2AuthorizationRequest request = request();
		Map<String, String> answer = answer(request, "notes:read");
		String access = access(redeem(request, answer));
		assertRefused("invalid_grant", () -> redeem(request, answer));
		assertThat(this.http.get("/api/notes", access).status()).isEqualTo(401);
	}

	@Test
	void aVerifierThatDoesNotFitIsRefused() {
		OAuth2AuthorizationRequest request = request();
		Map<String, String> answer = answer(request, "notes:read");
		OAuth2AuthorizationRequest other = OAuth2AuthorizationRequest.from(request)
			.attributes((kept) -> kept.put(PkceParameterNames.CODE_VERIFIER, "x".repeat(43)))
			.build();
		assertRefused("invalid_grant", () -> redeem(other, answer));
	}

	@Test
	void anAnswerThatNobodyAskedForSpendsNoCode() {
		OAuth2AuthorizationRequest request = request();
		Map<String, String> answer = answer(request, "notes:read");
		assertRefused("invalid_state_parameter", () -> redeem(request(), answer));
		assertThat(this.http.get("/api/notes", access(redeem(request, answer))).status()).isEqualTo(200);
	}

	@Test
	void whatIsRevokedIsRefused() {
		OAuth2AuthorizedClient tokens = tokens();
		revoke(tokens.getRefreshToken().getTokenValue());
		assertRefused("invalid_grant", () -> refresh(tokens));
		assertThatExceptionOfType(BadOpaqueTokenException.class)
			.isThrownBy(() -> introspector().introspect(access(tokens)));

		OAuth2AuthorizedClient others = tokens();
		revoke(access(others));
		assertThat(this.http.get("/api/notes", access(others)).status()).isEqualTo(401);
		assertRefused("invalid_grant", () -> refresh(others));
	}

	@Test
	void anotherSecretIsRefusedAndSpendsNothing() {
		OAuth2AuthorizedClient tokens = tokens();
		OAuth2AuthorizedClient stolen = new OAuth2AuthorizedClient(
				registration(this.registration.getClientId(), "another"), this.user.email(), tokens.getAccessToken(),
				tokens.getRefreshToken());
		// The library reads the error of a 400 alone.
		assertThatExceptionOfType(OAuth2AuthorizationException.class).isThrownBy(() -> refresh(stolen))
			.withMessageContaining("401")
			.withMessageContaining("invalid_client");
		assertThat(this.http.get("/api/notes", access(refresh(tokens))).status()).isEqualTo(200);
	}

	private ClientRegistration registration(String clientId, String secret) {
		return org.springframework.security.oauth2.client.registration.ClientRegistrations
			.fromIssuerLocation(this.http.base())
			.registrationId("latchkey")
			.clientId(clientId)
			.clientSecret(secret)
			.redirectUri(CALLBACK)
			.scope("notes:read", "notes:write")
			.build();
	}

	private OAuth2AuthorizationRequest request() {
		return new DefaultOAuth2AuthorizationRequestResolver(
				new InMemoryClientRegistrationRepository(this.registration), "/oauth2/authorization")
			.resolve(new MockHttpServletRequest("GET", "/oauth2/authorization/latchkey"), "latchkey");
	}

	// What the user sends back; of what is asked for, he allows these scopes.
	private Map<String, String> answer(OAuth2AuthorizationRequest request, String... scopes) {
		Visitor browser = new Visitor(this.http.base()).signIn(this.user);
		String leads = Forms.location(browser.get(request.getAuthorizationRequestUri()));
		if (leads.startsWith(CALLBACK)) {
			return Forms.query(leads);
		}
		browser.get(leads);
		List<String> fields = new ArrayList<>(
				List.of("client_id", this.registration.getClientId(), "state", Forms.query(leads).get("state")));
		for (String scope : scopes) {
			fields.addAll(List.of("scope", scope));
		}
		HttpResponse<String> page = browser.post("/oauth2/authorize", fields.toArray(String[]::new));
		return Forms.query(Forms.leadsTo(page));
	}

	private OAuth2AuthorizedClient tokens() {
		OAuth2AuthorizationRequest request = request();
		return redeem(request, answer(request, "notes:read", "notes:write"));
	}

	private OAuth2AuthorizedClient redeem(OAuth2AuthorizationRequest request, Map<String, String> answer) {
		OAuth2AuthorizationResponse response = (answer.containsKey("error")
				? OAuth2AuthorizationResponse.error(answer.get("error"))
				: OAuth2AuthorizationResponse.success(answer.get("code")))
			.redirectUri(CALLBACK)
			.state(answer.get("state"))
			.build();
		OAuth2AuthorizationCodeAuthenticationToken tokens = (OAuth2AuthorizationCodeAuthenticationToken) new OAuth2AuthorizationCodeAuthenticationProvider(
				new RestClientAuthorizationCodeTokenResponseClient())
			.authenticate(new OAuth2AuthorizationCodeAuthenticationToken(this.registration,
					new OAuth2AuthorizationExchange(request, response)));
		return new OAuth2AuthorizedClient(this.registration, this.user.email(), tokens.getAccessToken(),
				tokens.getRefreshToken());
	}

	// When the library thinks that the access token has ended.
	private OAuth2AuthorizedClient refresh(OAuth2AuthorizedClient tokens) {
		RefreshTokenOAuth2AuthorizedClientProvider provider = new RefreshTokenOAuth2AuthorizedClientProvider();
		provider.setClock(Clock.offset(Clock.systemUTC(), Duration.ofDays(2)));
		return provider.authorize(OAuth2AuthorizationContext.withAuthorizedClient(tokens)
			.principal(new TestingAuthenticationToken(this.user.email(), null))
			.build());
	}

	private OpaqueTokenIntrospector introspector() {
		return SpringOpaqueTokenIntrospector
			.withIntrospectionUri(this.registration.getProviderDetails()
				.getConfigurationMetadata()
				.get("introspection_endpoint")
				.toString())
			.clientId(this.registration.getClientId())
			.clientSecret(this.registration.getClientSecret())
			.build();
	}

	// The library cannot.
	private void revoke(String token) {
		assertThat(this.http
			.postForm("/oauth2/revoke",
					Forms.basic(this.registration.getClientId(), this.registration.getClientSecret()), "token", token)
			.status()).isEqualTo(200);
	}

	private static String access(OAuth2AuthorizedClient tokens) {
		return tokens.getAccessToken().getTokenValue();
	}

	private static void assertRefused(String error, ThrowingCallable act) {
		assertThatExceptionOfType(OAuth2AuthorizationException.class).isThrownBy(act)
			.satisfies((refused) -> assertThat(refused.getError().getErrorCode()).isEqualTo(error));
	}

}
