package dev.latchkey.grant;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.latchkey.caller.Actor;
import dev.latchkey.caller.User;
import dev.latchkey.client.Client;
import dev.latchkey.client.ClientCache;
import dev.latchkey.client.ClientRegistrations;
import dev.latchkey.client.ClientRemoval;
import dev.latchkey.client.ClientSecret;
import dev.latchkey.client.RegisteredSecret;
import dev.latchkey.scope.Role;
import dev.latchkey.testing.Apps;
import dev.latchkey.testing.AtOnce;
import dev.latchkey.testing.ClientRequest;
import dev.latchkey.testing.Http;
import dev.latchkey.testing.Http.Answer;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import dev.latchkey.testing.TestClock;
import dev.latchkey.testing.Visitor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

@LatchkeyTest
class CredentialFlowTests {

	private static final String NO_CREDENTIALS = "{\"error\":\"Invalid credentials.\","
			+ "\"error_description\":\"Invalid credentials.\",\"message\":\"Invalid credentials.\"}";

	@Autowired
	private Http http;

	@Autowired
	private People people;

	@Autowired
	private TestClock clock;

	@Autowired
	private ClientCache clients;

	@Autowired
	private RefreshFlow refreshes;

	@Autowired
	private Apps apps;

	@Autowired
	private ClientRegistrations registrations;

	@Autowired
	private ClientRemoval removal;

	@Autowired
	private JdbcClient jdbc;

	private User user;

	@BeforeEach
	void registerClients() {
		this.user = this.people.user();
		this.registrations.registerOwn("admin", new ClientSecret("admin"), Role.ADMIN, this.user.id());
		this.registrations.registerOwn("frontend", new ClientSecret("frontend"), Role.USER, this.user.id());
	}

	/** Contract 5.1: personal access tokens. The application would be cut off. */
	@Test
	void nobodyRotatesTheTokenOfAnApplicationButTheApplication() {
		Answer pair = signIn("frontend", "api", this.user);
		String access = pair.json("access_token");
		String owner = this.people.raw(this.user, "tokens:read", "tokens:write");
		String id = this.http.get("/api/tokens/current", access).json("id");
		assertThat(this.http.get("/api/tokens/" + id, owner).status()).isEqualTo(200);
		Answer refused = this.http.post("/api/tokens/%s/rotate".formatted(id), owner, null);
		assertThat(refused.status()).as(refused.body()).isEqualTo(422);
		assertThat(refused.<String>json("errors[0].field")).isEqualTo("id");
		assertThat(this.http.get("/api/user", access).status()).isEqualTo(200);
		Visitor page = new Visitor(this.http.base());
		page.signIn(this.user.email(), People.PASSWORD);
		assertThat(page.get("/tokens/%s/rotate".formatted(id)).statusCode()).isEqualTo(404);
		page.get("/tokens");
		assertThat(page.post("/tokens/%s/rotate".formatted(id)).statusCode()).isEqualTo(404);
	}

	@Test
	void aPasswordBuysAnAccessAndARefreshToken() {
		Answer answer = signIn("frontend", "api", this.user);
		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.body()).matches("\\{\"token_type\":\"Bearer\",\"expires_in\":86400,"
				+ "\"access_token\":\"lko_\\w{49}\",\"refresh_token\":\"lkr_\\w{49}\"}");
		assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
	}

	@Test
	void scopeApiStandsForAllThatTheRolesAllow() {
		String token = access(signIn("frontend", "api", this.user));
		assertThat(this.http.get("/api/user", token).status()).isEqualTo(200);
		assertThat(this.http.get("/api/users", token).status()).isEqualTo(403);
		assertThat(this.http.get("/user/my-account", token).<String>json("email")).isEqualTo(this.user.email());
	}

	@Test
	void aClientWithFewerScopesGivesNoMoreThanThose() {
		RegisteredSecret made = this.apps.register(
				ClientRequest.named("Kiosk").allowed("notes:read").by("password", "refresh_token").serving("USER"));
		String id = made.client().clientId();
		String secret = made.secret().value();
		Answer answer = this.http.post("/security/generate-token",
				body(id, secret, "api", this.user.email(), People.PASSWORD));
		assertThat(this.http.get("/api/notes", access(answer)).status()).isEqualTo(200);
		assertThat(this.http.get("/api/user", access(answer)).status()).isEqualTo(403);
		assertRefused(body(id, secret, "user:read", this.user.email(), People.PASSWORD));
		Answer refreshed = this.http.post("/security/refresh-token",
				refreshBody(id, refresh(answer)).replace("\"client_secret\":\"" + id, "\"client_secret\":\"" + secret)
					.replace("}", ",\"scope\":\"api\"}"));
		assertThat(this.http.get("/api/notes", access(refreshed)).status()).isEqualTo(200);
	}

	@Test
	void aScopeOfTheCatalogueGivesJustThat() {
		String token = access(signIn("frontend", "notes:read", this.user));
		assertThat(this.http.get("/api/notes", token).status()).isEqualTo(200);
		assertThat(this.http.get("/api/user", token).code()).isEqualTo("insufficient_scope");
	}

	@Test
	void whateverIsWrongTheRefusalIsTheSame() {
		assertRefused(body("frontend", "wrong", "api", this.user.email(), People.PASSWORD));
		assertRefused(body("nobody", "frontend", "api", this.user.email(), People.PASSWORD));
		assertRefused(body("frontend", "frontend", "api", this.user.email(), "wrong password"));
		assertRefused(body("frontend", "frontend", "api", "nobody@example.com", People.PASSWORD));
		assertRefused(body("frontend", "frontend", "made:up", this.user.email(), People.PASSWORD));
		assertRefused(body("frontend", "frontend", "", this.user.email(), People.PASSWORD));
		assertRefused(body("admin", "admin", "api", this.user.email(), People.PASSWORD));
		assertRefused(body("frontend", "frontend", "api", this.user.email(), People.PASSWORD).replace("\"password\",",
				"\"client_credentials\","));
		assertRefused("{}");
	}

	@ParameterizedTest
	@ValueSource(strings = { "{", "[]", "", "{\"grant_type\":[]}", "{\"unknown\":1}", "null" })
	void aBodyThatCannotBeReadIsRefusedInTheSameWords(String body) {
		assertRefused(body);
		Answer refresh = this.http.post("/security/refresh-token", body);
		assertThat(refresh.status()).isEqualTo(401);
		assertThat(refresh.<String>json("error")).isEqualTo("invalid_request");
	}

	@Test
	void clientAdminServesAdministrators() {
		User admin = this.people.admin();
		String token = access(signIn("admin", "api", admin));
		assertThat(this.http.get("/admin/my-account", token).<String>json("id")).isEqualTo(admin.id().toString());
		assertThat(this.http.get("/user/my-account", token).status()).isEqualTo(200);
	}

	@Test
	void aGuestAndAnyoneWithoutTheRoleGetForbidden() {
		assertThat(this.http.get("/admin/my-account").status()).isEqualTo(403);
		assertThat(this.http.get("/user/my-account").status()).isEqualTo(403);
		Answer asUser = this.http.get("/admin/my-account", access(signIn("frontend", "api", this.user)));
		assertThat(asUser.status()).isEqualTo(403);
		assertThat(asUser.header("Content-Type")).contains("json");
		String guest = this.people.raw(this.people.with(Role.GUEST), "*");
		assertThat(this.http.get("/user/my-account", guest).status()).isEqualTo(403);
	}

	@Test
	void aRefreshTokenWorksOnce() {
		Answer first = signIn("frontend", "api", this.user);
		Answer second = refresh("frontend", refresh(first));
		assertThat(second.status()).isEqualTo(200);
		assertThat(access(second)).startsWith("lko_").isNotEqualTo(access(first));
		assertThat(refresh(second)).startsWith("lkr_").isNotEqualTo(refresh(first));
		assertRefreshRefused(refresh("frontend", refresh(first)));
	}

	@Test
	void aRefreshTakesNoScopeThatDoesNotExist() {
		Answer first = signIn("frontend", "api", this.user);
		assertRefreshRefused(this.http.post("/security/refresh-token",
				refreshBody("frontend", refresh(first)).replace("}", ",\"scope\":\"no:such\"}")));
		assertThat(refresh("frontend", refresh(first)).status()).isEqualTo(200);
	}

	@Test
	void whoCannotTakeTheAnswerIsGivenNoToken() {
		Answer answer = this.http.send("POST", "/security/generate-token",
				body("frontend", "frontend", "api", this.user.email(), People.PASSWORD),
				Map.of("Content-Type", List.of("application/json"), "Accept", List.of("text/html")));
		assertThat(answer.status()).isEqualTo(406);
		assertThat(this.jdbc.sql("select count(*) from api_token where owner_id = ?")
			.param(this.user.id())
			.query(Integer.class)
			.single()).isZero();
	}

	@Test
	void aRefreshTokenUsedAgainEndsItsWholeFamily() {
		Answer first = signIn("frontend", "api", this.user);
		Answer second = refresh("frontend", refresh(first));
		assertRefreshRefused(refresh("frontend", refresh(first)));
		assertRefreshRefused(refresh("frontend", refresh(second)));
		assertThat(this.http.get("/api/user", access(first)).status()).isEqualTo(401);
		assertThat(this.http.get("/api/user", access(second)).status()).isEqualTo(401);
	}

	@Test
	void ofRefreshesAtTheSameTimeOneWins() throws Exception {
		for (int round = 0; round < 5; round++) {
			String token = refresh(signIn("frontend", "api", this.user));
			assertThat(AtOnce.call(8, () -> refresh("frontend", token))).filteredOn((answer) -> answer.status() == 200)
				.hasSize(1);
		}
	}

	@Test
	void whatArrivedBeforeTheWinnerWasDoneIsRefusedAndNotPunished() {
		String token = refresh(signIn("frontend", "api", this.user));
		Client client = this.clients.find("frontend").orElseThrow();
		boolean unspent = this.refreshes.isUnspent(token);
		Answer winner = refresh("frontend", token);
		assertThat(this.refreshes.redeem(Actor.GUEST, client, token, null, null,
				new RedemptionAttempt(System.nanoTime(), unspent)))
			.isEmpty();
		assertThat(this.http.get("/api/user", access(winner)).status()).isEqualTo(200);
		assertThat(refresh("frontend", refresh(winner)).status()).isEqualTo(200);
	}

	@Test
	void whatArrivedAfterwardsIsAReuseWhateverTheClocksSay() {
		this.clock.stop();
		Answer first = signIn("frontend", "api", this.user);
		Answer winner = refresh("frontend", refresh(first));
		assertRefreshRefused(refresh("frontend", refresh(first)));
		assertThat(this.http.get("/api/user", access(winner)).status()).isEqualTo(401);
	}

	@Test
	void whatIsSpentAndExpiredEndsNothing() {
		this.clock.stop();
		Answer first = signIn("frontend", "api", this.user);
		Answer second = refresh("frontend", refresh(first));
		this.clock.advance(Duration.ofDays(29));
		Answer third = refresh("frontend", refresh(second));
		this.clock.advance(Duration.ofDays(1));
		assertRefreshRefused(refresh("frontend", refresh(first)));
		assertThat(refresh("frontend", refresh(third)).status()).isEqualTo(200);
	}

	@Test
	void refreshTokensBelongToTheClientThatGotThem() {
		Answer answer = signIn("frontend", "api", this.user);
		assertRefreshRefused(refresh("admin", refresh(answer)));
		assertRefreshRefused(this.http.post("/security/refresh-token", refreshBody("frontend", refresh(answer))
			.replace("\"client_secret\":\"frontend\"", "\"client_secret\":\"wrong\"")));
		assertThat(refresh("frontend", refresh(answer)).status()).isEqualTo(200);
	}

	@Test
	void nothingButARefreshTokenCanBeRefreshed() {
		Answer answer = signIn("frontend", "api", this.user);
		assertRefreshRefused(refresh("frontend", access(answer)));
		assertRefreshRefused(refresh("frontend", "lkr_made-up"));
		assertThat(this.http.get("/api/user", refresh(answer)).status()).isEqualTo(401);
	}

	@Test
	void aRefreshCanNarrowTheScopesButNotWidenThem() {
		Answer answer = signIn("frontend", "notes:read user:read", this.user);
		assertRefreshRefused(this.http.post("/security/refresh-token",
				refreshBody("frontend", refresh(answer)).replace("}", ",\"scope\":\"notes:write\"}")));
		Answer narrowed = this.http.post("/security/refresh-token",
				refreshBody("frontend", refresh(answer)).replace("}", ",\"scope\":\"notes:read\"}"));
		assertThat(this.http.get("/api/user", access(narrowed)).status()).isEqualTo(403);
		Answer whole = refresh("frontend", refresh(narrowed));
		assertThat(this.http.get("/api/user", access(whole)).status()).isEqualTo(200);
	}

	@Test
	void refreshTokensLiveThirtyDaysAndAccessTokensOne() {
		this.clock.stop();
		Answer answer = signIn("frontend", "api", this.user);
		this.clock.advance(Duration.ofDays(1));
		assertThat(this.http.get("/api/user", access(answer)).status()).isEqualTo(401);
		Answer next = refresh("frontend", refresh(answer));
		assertThat(next.status()).isEqualTo(200);
		this.clock.advance(Duration.ofDays(30));
		assertRefreshRefused(refresh("frontend", refresh(next)));
	}

	@Test
	void revokingAnAccessTokenRevokesItsRefreshToken() {
		Answer answer = signIn("frontend", "api", this.user);
		assertThat(this.http.delete("/api/tokens/current", access(answer)).status()).isEqualTo(204);
		assertRefreshRefused(refresh("frontend", refresh(answer)));

		answer = signIn("frontend", "api", this.user);
		this.http.post("/api/tokens/revoke", "{\"tokens\":[\"%s\"]}".formatted(access(answer)));
		assertRefreshRefused(refresh("frontend", refresh(answer)));

		answer = signIn("frontend", "api", this.user);
		this.http.post("/api/tokens/revoke", "{\"tokens\":[\"%s\"]}".formatted(refresh(answer)));
		assertThat(this.http.get("/api/user", access(answer)).status()).isEqualTo(401);
	}

	@Test
	void aRotationGivesAnAccessTokenNoLongerLifeAndARefreshTokenNone() {
		this.clock.stop();
		Answer answer = signIn("frontend", "api", this.user);
		String end = this.http.get("/api/tokens/current", access(answer)).json("expires_at");
		this.clock.advance(Duration.ofHours(12));
		Answer rotated = this.http.post("/api/tokens/current/rotate", access(answer), "{}");
		assertThat(rotated.status()).isEqualTo(201);
		assertThat(rotated.<String>json("expires_at")).isEqualTo(end);
		UUID refreshId = this.jdbc.sql("select id from api_token where owner_id = ? and kind = 'r'")
			.param(this.user.id())
			.query(UUID.class)
			.single();
		Answer refused = this.http.post("/api/tokens/" + refreshId + "/rotate", rotated.json("token"), "{}");
		assertThat(refused.status()).as("as of an access token").isEqualTo(422);
		assertThat(refused.<String>json("errors[0].message")).contains("the token of an application");
	}

	@Test
	void refreshTokensCanBeDiagnosed() {
		String token = refresh(signIn("frontend", "api", this.user));
		String body = "{\"token\":\"%s\"}".formatted(token);
		Answer diagnosed = this.http.post("/api/tokens/diagnose", body);
		assertThat(diagnosed.<String>json("state")).isEqualTo("active");
		assertThat(diagnosed.<String>json("reasons[0]")).contains("opens no route");
		this.http.post("/api/tokens/revoke", "{\"tokens\":[\"%s\"]}".formatted(token));
		assertThat(this.http.post("/api/tokens/diagnose", body).<String>json("state")).isEqualTo("revoked");
	}

	@Test
	void disablingAnAccountEndsItsRefreshTokensForGood() {
		Answer answer = signIn("frontend", "api", this.user);
		this.people.disable(this.user);
		this.people.enable(this.user);
		assertRefreshRefused(refresh("frontend", refresh(answer)));
	}

	@Test
	void whoIsNoAdministratorAnyMoreRefreshesNothingThroughClientAdmin() {
		User admin = this.people.admin();
		this.people.admin();
		Answer answer = signIn("admin", "api", admin);
		this.people.setRoles(admin, Role.USER);
		assertRefreshRefused(refresh("admin", refresh(answer)));
	}

	@Test
	void aClientThatIsRemovedTakesItsTokensAlong() {
		String id = "c-" + UUID.randomUUID();
		this.registrations.registerOwn(id, new ClientSecret(id), Role.USER, this.user.id());
		Answer answer = signIn(id, "api", this.user);
		Client client = this.registrations.list(0, 100)
			.stream()
			.filter((some) -> some.clientId().equals(id))
			.findFirst()
			.orElseThrow();
		this.removal.remove(this.people.signedIn(this.people.superuser()).actor(), client.id());
		assertThat(this.http.get("/api/user", access(answer)).status()).isEqualTo(401);
		assertRefreshRefused(refresh(id, refresh(answer)));
	}

	private Answer signIn(String client, String scope, User account) {
		return this.http.post("/security/generate-token",
				body(client, client, scope, account.email(), People.PASSWORD));
	}

	private Answer refresh(String client, String token) {
		return this.http.post("/security/refresh-token", refreshBody(client, token));
	}

	private void assertRefused(String body) {
		Answer answer = this.http.post("/security/generate-token", body);
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.body()).isEqualTo(NO_CREDENTIALS);
	}

	private static void assertRefreshRefused(Answer answer) {
		assertThat(answer.status()).isEqualTo(401);
		assertThat(answer.<String>json("error")).isEqualTo("invalid_request");
		assertThat(answer.<String>json("error_description")).isEqualTo("The refresh token is invalid.");
		assertThat(answer.<String>json("message")).isEqualTo("The refresh token is invalid.");
		assertThat(answer.<String>json("hint")).isNotBlank();
	}

	private static String body(String client, String secret, String scope, String email, String password) {
		return """
				{"grant_type":"password","client_id":"%s","client_secret":"%s","scope":"%s","username":"%s",\
				"password":"%s"}""".formatted(client, secret, scope, email, password);
	}

	private static String refreshBody(String client, String token) {
		return """
				{"grant_type":"refresh_token","client_id":"%1$s","client_secret":"%1$s","refresh_token":"%2$s"}"""
			.formatted(client, token);
	}

	private static String access(Answer answer) {
		return answer.json("access_token");
	}

	private static String refresh(Answer answer) {
		return answer.json("refresh_token");
	}

}
