package dev.latchkey.oauth;

import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import dev.latchkey.caller.Actor;
import dev.latchkey.caller.User;
import dev.latchkey.client.Client;
import dev.latchkey.client.RegisteredSecret;
import dev.latchkey.grant.ApplicationWithdrawal;
import dev.latchkey.grant.ConnectedApplications;
import dev.latchkey.scope.Role;
import dev.latchkey.testing.Apps;
import dev.latchkey.testing.ClientRequest;
import dev.latchkey.testing.Forms;
import dev.latchkey.testing.Http;
import dev.latchkey.testing.Http.Answer;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.Locks;
import dev.latchkey.testing.People;
import dev.latchkey.testing.TestClock;
import dev.latchkey.testing.Visitor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

@LatchkeyTest
class AuthorizationCodeTests {

	private static final String REDIRECT = "https://app.example/callback";

	private static final String VERIFIER = "a-verifier-of-at-least-forty-three-characters-is-long";

	@Autowired
	private Http http;

	@Autowired
	private People people;

	@Autowired
	private TestClock clock;

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private TransactionTemplate transaction;

	@Autowired
	private Apps apps;

	@Autowired
	private ConnectedApplications applications;

	@Autowired
	private ApplicationWithdrawal withdrawal;

	private User user;

	private Client client;

	private String secret;

	@BeforeEach
	void registerClient() {
		this.user = this.people.user();
		RegisteredSecret made = this.apps.register(ClientRequest.named("Some App")
			.redirectingTo(REDIRECT)
			.allowed("notes:read", "notes:write", "users:read")
			.by("authorization_code", "refresh_token"));
		this.client = made.client();
		this.secret = made.secret().value();
	}

	@Test
	void aThirdPartyActsForAUserWhoSaysYes() {
		Answer tokens = redeem(code("notes:read notes:write", "notes:read", "notes:write"), VERIFIER);
		assertThat(tokens.status()).isEqualTo(200);
		assertThat(tokens.<String>json("access_token")).startsWith("lko_");
		assertThat(tokens.<String>json("refresh_token")).startsWith("lkr_");
		assertThat(tokens.<String>json("token_type")).isEqualTo("Bearer");
		assertThat(tokens.<Integer>json("expires_in")).isBetween(86_300, 86_400);
		assertThat(tokens.<String>json("scope").split(" ")).containsExactlyInAnyOrder("notes:read", "notes:write");
		assertThat(tokens.header("Cache-Control")).isEqualTo("no-store");
		assertThat(call(tokens).status()).isEqualTo(200);
		assertThat(this.http.get("/api/user", tokens.<String>json("access_token")).status()).isEqualTo(403);
	}

	@Test
	void theConsentPageShowsWhoAsksForWhatForWhomAndUntilWhen() {
		this.clock.stop();
		Visitor browser = new Visitor(this.http.base()).signIn(this.user);
		HttpResponse<String> page = browser.get(Forms.location(browser.get(authorize("notes:read users:read"))));
		assertThat(page.body()).contains("Some App")
			.contains(this.user.email())
			.contains("value=\"notes:read\"")
			.doesNotContain("value=\"users:read\"")
			.contains("https://app.example")
			.contains("after " + DateTimeFormatter.ofPattern("d MMM uuuu", Locale.UK)
				.withZone(ZoneOffset.UTC)
				.format(this.clock.instant().plus(Duration.ofDays(90))));
		assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow()).contains("form-action 'self';");
	}

	/** As for a device. No client is registered with one today. */
	@Test
	void aWildcardIsAgreedToScopeByScope() {
		this.jdbc.sql("update oauth_client set scopes = 'notes:*' where id = ?").param(this.client.id()).update();
		Visitor browser = new Visitor(this.http.base()).signIn(this.user);
		String consent = Forms.location(browser.get(authorize("notes:*")));
		assertThat(browser.get(consent).body()).contains("value=\"notes:read\"", "value=\"notes:write\"")
			.doesNotContain(" checked");
		HttpResponse<String> answer = consent(browser, Forms.query(consent).get("state"), "notes:read");
		Answer tokens = redeem(Forms.query(Forms.leadsTo(answer)).get("code"), VERIFIER);
		assertThat(tokens.<String>json("scope")).as(tokens.body()).isEqualTo("notes:read");
	}

	@Test
	void noOtherUserSeesTheQuestion() {
		Visitor browser = new Visitor(this.http.base()).signIn(this.user);
		String consent = Forms.location(browser.get(authorize("notes:read")));
		Visitor other = new Visitor(this.http.base()).signIn(this.people.user());
		assertThat(other.get(consent).statusCode()).isEqualTo(404);
		HttpResponse<String> answer = consent(other, Forms.query(consent).get("state"), "notes:read");
		assertThat(answer.statusCode()).isEqualTo(400);
	}

	@Test
	void anOldSessionGivesNoConsentAndIsAskedForThePasswordFirst() {
		Visitor browser = new Visitor(this.http.base()).signIn(this.user);
		String consent = Forms.location(browser.get(authorize("notes:read")));
		this.clock.advance(Duration.ofHours(1));
		HttpResponse<String> answer = consent(browser, Forms.query(consent).get("state"), "notes:read");
		assertThat(Forms.location(answer)).endsWith("/login");
		this.clock.run();
		assertThat(Forms.location(browser.signIn(this.user.email(), People.PASSWORD)))
			.contains("/oauth2/consent?state=");
	}

	@Test
	void whoIsNotSignedInSignsInFirst() {
		Visitor browser = new Visitor(this.http.base());
		HttpResponse<String> answer = browser.get(authorize("notes:read"));
		assertThat(Forms.location(answer)).contains("/oauth2/continue?").contains("code_challenge_method=S256");
		assertThat(Forms.location(browser.get(Forms.location(answer)))).endsWith("/login");
		browser.signIn(this.user);
		assertThat(browser.get(Forms.location(answer)).body()).contains("content=\"0;url=/oauth2/authorize?");
	}

	@Test
	void theUserTakesSingleScopesAway() {
		Answer tokens = redeem(code("notes:read notes:write", "notes:read"), VERIFIER);
		assertThat(tokens.<String>json("scope")).isEqualTo("notes:read");
		assertThat(
				this.http.post("/api/notes", tokens.json("access_token"), "{\"text\":\"Lock\",\"copies\":1}").status())
			.isEqualTo(403);
	}

	@Test
	void whatTheUserAgreedToIsNotAskedAgainAndMoreIs() {
		code("notes:read", "notes:read");
		Visitor browser = new Visitor(this.http.base()).signIn(this.user);
		assertThat(Forms.location(browser.get(authorize("notes:read")))).startsWith(REDIRECT + "?code=");
		assertThat(Forms.location(browser.get(authorize("notes:read notes:write")))).contains("/oauth2/consent");
	}

	@Test
	void whatIsUntickedTheSecondTimeIsNotGranted() {
		code("notes:read", "notes:read");
		Answer tokens = redeem(code("notes:read notes:write", "notes:write"), VERIFIER);
		assertThat(tokens.<String>json("scope")).isEqualTo("notes:write");
	}

	@Test
	void aRefusedConsentGoesBackAsAnError() {
		Visitor browser = new Visitor(this.http.base()).signIn(this.user);
		String consent = Forms.location(browser.get(authorize("notes:read")));
		String location = Forms.leadsTo(consent(browser, Forms.query(consent).get("state")));
		assertThat(location).startsWith(REDIRECT + "?");
		assertThat(Forms.query(location)).containsEntry("error", "access_denied").containsEntry("state", "app-state");
	}

	@Test
	void everyAnswerToTheApplicationSaysWhichServerGivesIt() {
		Answer metadata = this.http.get("/.well-known/oauth-authorization-server");
		assertThat(metadata.<Boolean>json("authorization_response_iss_parameter_supported")).isTrue();
		String issuer = metadata.json("issuer");
		Visitor browser = new Visitor(this.http.base()).signIn(this.user);
		String consent = Forms.location(browser.get(authorize("notes:read")));
		String agreed = Forms.leadsTo(consent(browser, Forms.query(consent).get("state"), "notes:read"));
		assertThat(Forms.query(agreed)).containsEntry("iss", issuer).containsKey("code");
		String known = Forms.location(browser.get(authorize("notes:read")));
		assertThat(Forms.query(known)).containsEntry("iss", issuer).containsKey("code");
		String again = Forms.location(browser.get(authorize("notes:write")));
		String denied = Forms.leadsTo(consent(browser, Forms.query(again).get("state")));
		assertThat(Forms.query(denied)).containsEntry("iss", issuer).containsEntry("error", "access_denied");
		String wrong = Forms.location(browser.get(authorize("no:such")));
		assertThat(Forms.query(wrong)).containsEntry("iss", issuer).containsEntry("error", "invalid_scope");
	}

	@Test
	void aCodeIsRedeemedWithItsVerifierAlone() {
		String code = code("notes:read", "notes:read");
		assertRefused(redeem(code, null), "invalid_grant");
		assertRefused(redeem(code, "another-verifier-of-at-least-forty-three-characters"), "invalid_grant");
		assertThat(redeem(code, VERIFIER).status()).isEqualTo(200);
	}

	@Test
	void aUsedCodeIsRefusedAndEndsWhatItGave() {
		String code = code("notes:read", "notes:read");
		Answer tokens = redeem(code, VERIFIER);
		assertRefused(redeem(code, VERIFIER), "invalid_grant");
		assertThat(call(tokens).status()).isEqualTo(401);
		assertRefused(refresh(tokens.json("refresh_token")), "invalid_grant");
	}

	@Test
	void ofUsesAtOnceOneGivesAndLives() throws Exception {
		String code = code("notes:read", "notes:read");
		List<Answer> answers = new ArrayList<>();
		ExecutorService threads = Executors.newFixedThreadPool(4);
		try {
			for (Future<Answer> running : redeemAtOnce(code, 4, threads)) {
				answers.add(running.get());
			}
		}
		finally {
			threads.shutdownNow();
		}
		List<Answer> given = answers.stream().filter((answer) -> answer.status() == 200).toList();
		assertThat(given).hasSize(1);
		assertThat(call(given.get(0)).status()).isEqualTo(200);
	}

	/** All have arrived before one of them gets any further. */
	@Test
	void aParameterThatStandsThereTwiceIsNamed() {
		Visitor browser = new Visitor(this.http.base()).signIn(this.user);
		for (String name : List.of("state", "client_id", "redirect_uri", "scope", "code_challenge")) {
			HttpResponse<String> answer = browser.get(authorize("notes:read") + "&" + name + "=x&" + name + "=x");
			String said = answer.headers()
				.firstValue("Location")
				.map((location) -> Forms.query(location).get("error_description"))
				.orElse(answer.body());
			assertThat(said).as(name).contains("The parameter " + name).doesNotContain("answered already");
		}
	}

	private List<Future<Answer>> redeemAtOnce(String code, int times, ExecutorService threads) {
		return this.transaction.execute((status) -> {
			this.jdbc.sql("select 1 from take_account(?)").param(this.user.id()).query().singleRow();
			List<Future<Answer>> running = Stream.generate(() -> threads.submit(() -> redeem(code, VERIFIER)))
				.limit(times)
				.toList();
			Locks.awaitWaiters(this.jdbc, times);
			return running;
		});
	}

	@Test
	void itEndsWithTheTokensOfItsAccount() {
		String superuser = this.people.raw(this.people.superuser(), "*");
		String path = "/api/users/" + this.user.id();
		Map<String, Runnable> ends = Map.of("disabled and enabled again", () -> {
			this.http.patch(path, superuser, "{\"enabled\":false}");
			this.http.patch(path, superuser, "{\"enabled\":true}");
		}, "all tokens ended", () -> this.http.delete(path + "/tokens", superuser), "signed out everywhere",
				() -> this.http.post("/api/logout", this.people.raw(this.user, "*"), "{\"all\":true}"));
		ends.forEach((name, end) -> {
			String code = code("notes:read", "notes:read");
			end.run();
			assertThat(redeem(code, VERIFIER).status()).as(name).isEqualTo(400);
		});
	}

	@Test
	void itEndsWhatWasRefreshedSinceToo() {
		String code = code("notes:read", "notes:read");
		Answer refreshed = refresh(redeem(code, VERIFIER).json("refresh_token"));
		assertThat(call(refreshed).status()).isEqualTo(200);
		redeem(code, VERIFIER);
		assertThat(call(refreshed).status()).isEqualTo(401);
	}

	@Test
	void noneIsGivenToWhoIsDisabledWhileHeAgrees() throws Exception {
		Visitor browser = new Visitor(this.http.base()).signIn(this.user);
		String state = Forms.query(Forms.location(browser.get(authorize("notes:read")))).get("state");
		browser.get("/tokens");
		String csrf = browser.csrf();
		ExecutorService thread = Executors.newSingleThreadExecutor();
		try {
			Future<HttpResponse<String>> agreeing = this.transaction.execute((status) -> {
				this.people.disable(this.user);
				Future<HttpResponse<String>> waiting = thread.submit(() -> agree(browser, csrf, state, "notes:read"));
				Locks.awaitWaiter(this.jdbc);
				return waiting;
			});
			assertThat(agreeing.get().body()).doesNotContain("code=");
			assertThat(this.jdbc.sql("select count(*) from oauth_authorization where owner_id = ?")
				.param(this.user.id())
				.query(Integer.class)
				.single()).isZero();
		}
		finally {
			thread.shutdownNow();
		}
	}

	@Test
	void aCodeLivesAMinute() {
		this.clock.stop();
		String code = code("notes:read", "notes:read");
		this.clock.advance(Duration.ofMinutes(1));
		assertRefused(redeem(code, VERIFIER), "invalid_grant");
	}

	@Test
	void aCodeIsTiedToItsRedirectAddressAndClient() {
		String code = code("notes:read", "notes:read");
		assertRefused(token("grant_type", "authorization_code", "code", code, "code_verifier", VERIFIER, "redirect_uri",
				"https://app.example/other"), "invalid_grant");
		assertRefused(token("grant_type", "authorization_code", "code", code, "code_verifier", VERIFIER),
				"invalid_grant");
		RegisteredSecret other = this.apps.register(ClientRequest.named("Other App")
			.redirectingTo(REDIRECT)
			.allowed("notes:read")
			.by("authorization_code"));
		Answer stolen = send(other.client().clientId(), other.secret().value(), "grant_type", "authorization_code",
				"code", code, "code_verifier", VERIFIER, "redirect_uri", REDIRECT);
		assertRefused(stolen, "invalid_grant");
		assertThat(redeem(code, VERIFIER).status()).isEqualTo(200);
	}

	@Test
	void aVerifierThatIsGivenTwiceIsAFaultOfTheRequest() {
		String code = code("notes:read", "notes:read");
		assertRefused(token("grant_type", "authorization_code", "code", code, "code_verifier", VERIFIER,
				"code_verifier", VERIFIER, "redirect_uri", REDIRECT), "invalid_request");
		assertRefused(token("grant_type", "authorization_code", "code", code, "redirect_uri", REDIRECT),
				"invalid_grant");
		assertThat(redeem(code, VERIFIER).status()).isEqualTo(200);
	}

	@Test
	void aChangedRedirectAddressLeadsNowhere() {
		Visitor browser = new Visitor(this.http.base()).signIn(this.user);
		for (String changed : List.of("https://evil.example/callback", REDIRECT + "/", REDIRECT + "?x=1",
				"https://app.example.evil.example/callback", "//evil.example", "javascript:alert(1)")) {
			HttpResponse<String> answer = browser
				.get(authorize("notes:read").replace(encoded(REDIRECT), encoded(changed)));
			assertThat(answer.statusCode()).as(changed).isEqualTo(400);
			assertThat(answer.headers().firstValue("Location")).isEmpty();
		}
		assertThat(browser.get(authorize("notes:read").replace(this.client.clientId(), "nobody")).statusCode())
			.isEqualTo(400);
	}

	@Test
	void pkceIsAskedOfEverybodyAndPlainIsRefused() {
		Visitor browser = new Visitor(this.http.base()).signIn(this.user);
		String plain = Forms.location(browser.get(authorize("notes:read").replace("S256", "plain")));
		assertThat(Forms.query(plain)).containsEntry("error", "invalid_request").containsEntry("state", "app-state");
		String none = Forms.location(browser
			.get(authorize("notes:read").replaceAll("&code_challenge=[^&]*&code_challenge_method=S256", "")));
		assertThat(Forms.query(none)).containsEntry("error", "invalid_request");
	}

	@Test
	void aScopeBeyondTheClientsAndNoScopeAreRefused() {
		Visitor browser = new Visitor(this.http.base()).signIn(this.user);
		for (String scope : List.of("tokens:write", "*", "notes:*", "openid", "")) {
			String location = Forms.location(browser.get(authorize(scope)));
			assertThat(location).startsWith(REDIRECT + "?");
			assertThat(Forms.query(location)).as(scope).containsEntry("error", "invalid_scope");
		}
	}

	@Test
	void moreThanWasAskedForCannotBeTicked() {
		Visitor browser = new Visitor(this.http.base()).signIn(this.user);
		String consent = Forms.location(browser.get(authorize("notes:read")));
		HttpResponse<String> answer = consent(browser, Forms.query(consent).get("state"), "notes:read", "notes:write");
		assertThat(Forms.query(Forms.leadsTo(answer))).containsEntry("error", "invalid_scope");
	}

	@Test
	void refreshingRotatesAndAUsedTokenEndsTheGrant() {
		Answer first = redeem(code("notes:read", "notes:read"), VERIFIER);
		Answer second = refresh(first.json("refresh_token"));
		assertThat(second.status()).isEqualTo(200);
		assertThat(call(second).status()).isEqualTo(200);
		assertRefused(refresh(first.json("refresh_token")), "invalid_grant");
		assertThat(call(second).status()).isEqualTo(401);
		assertRefused(refresh(second.json("refresh_token")), "invalid_grant");
	}

	@Test
	void aRefreshCannotWidenTheScopes() {
		Answer tokens = redeem(code("notes:read", "notes:read"), VERIFIER);
		String token = tokens.json("refresh_token");
		assertRefused(token("grant_type", "refresh_token", "refresh_token", token, "scope", "notes:write"),
				"invalid_scope");
		assertThat(refresh(token).status()).isEqualTo(200);
	}

	@Test
	void takingTheRightAwayEndsAllThatTheApplicationHolds() {
		Answer tokens = redeem(code("notes:read", "notes:read"), VERIFIER);
		String unused = code("notes:read");
		assertThat(this.applications.list(this.user.id())).singleElement().satisfies((application) -> {
			assertThat(application.name()).isEqualTo("Some App");
			assertThat(application.scopes().names()).containsExactly("notes:read");
		});
		this.withdrawal.withdraw(Actor.account(this.user.id()), this.client.id());
		assertThat(call(tokens).status()).isEqualTo(401);
		assertRefused(refresh(tokens.json("refresh_token")), "invalid_grant");
		assertRefused(redeem(unused, VERIFIER), "invalid_grant");
		assertThat(this.applications.list(this.user.id())).isEmpty();
		Visitor browser = new Visitor(this.http.base()).signIn(this.user);
		assertThat(Forms.location(browser.get(authorize("notes:read")))).contains("/oauth2/consent");
	}

	/** The page does not offer it, but whoever writes the form by hand may send it. */
	@Test
	void nobodyAgreesToWhatHisOwnRolesDoNotAllow() {
		Answer tokens = redeem(code("notes:read users:read", "notes:read", "users:read"), VERIFIER);
		assertThat(tokens.<String>json("scope")).isEqualTo("notes:read");
		Visitor browser = new Visitor(this.http.base()).signIn(this.user);
		String asked = Forms.location(browser.get(authorize("users:read")));
		assertThat(Forms.leadsTo(consent(browser, Forms.query(asked).get("state"), "users:read")))
			.contains("error=access_denied");
	}

	@Test
	void anApplicationDoesNoMoreThanItsUsersRolesAllowNow() {
		User admin = this.people.admin();
		this.people.admin();
		User before = this.user;
		this.user = admin;
		Answer tokens = redeem(code("users:read", "users:read"), VERIFIER);
		this.user = before;
		assertThat(this.http.get("/api/users", tokens.<String>json("access_token")).status()).isEqualTo(200);
		this.people.setRoles(admin, Role.USER);
		assertThat(this.http.get("/api/users", tokens.<String>json("access_token")).status()).isEqualTo(403);
	}

	@Test
	void aClientWithoutASecretProvesItselfByPkceAndRefreshesOnce() {
		String id = "public-" + UUID.randomUUID();
		this.client = this.apps
			.register(ClientRequest.named("App")
				.calledBy(id)
				.redirectingTo(REDIRECT)
				.allowed("notes:read")
				.by("authorization_code", "refresh_token")
				.withoutSecret())
			.client();
		String code = code("notes:read", "notes:read");
		Answer tokens = this.http.postForm("/oauth2/token", null, "grant_type", "authorization_code", "code", code,
				"code_verifier", VERIFIER, "redirect_uri", REDIRECT, "client_id", id);
		assertThat(tokens.status()).isEqualTo(200);
		String form = Forms.form("grant_type", "refresh_token", "client_id", id, "refresh_token",
				tokens.json("refresh_token"));
		Answer refreshed = this.http.sendForm("/oauth2/token", form, Map.of());
		assertThat(refreshed.status()).isEqualTo(200);
		assertThat(call(refreshed).status()).isEqualTo(200);
		Answer again = this.http.sendForm("/oauth2/token", form, Map.of());
		assertRefused(again, "invalid_grant");
		assertThat(call(refreshed).status()).isEqualTo(401);
	}

	@Test
	void aClientWithASecretCannotRefreshWithoutIt() {
		Answer tokens = redeem(code("notes:read", "notes:read"), VERIFIER);
		Answer answer = this.http.postForm("/oauth2/token", null, "grant_type", "refresh_token", "client_id",
				this.client.clientId(), "refresh_token", tokens.json("refresh_token"));
		assertThat(answer.status()).isEqualTo(401);
		assertThat(answer.<String>json("error")).isEqualTo("invalid_client");
	}

	@Test
	void aRefusalDoesNotSpeakOfAParameter() {
		Visitor browser = new Visitor(this.http.base()).signIn(this.user);
		String consent = Forms.location(browser.get(authorize("notes:read")));
		Map<String, String> answer = Forms.query(Forms.leadsTo(consent(browser, Forms.query(consent).get("state"))));
		assertThat(answer.get("error_description")).isEqualTo("The user did not agree.");
		assertThat(answer).doesNotContainKey("error_uri");
	}

	@Test
	void aWrongResponseTypeGoesBackToTheApplication() {
		Visitor browser = new Visitor(this.http.base());
		String request = authorize("notes:read");
		for (String other : List.of("token", "code id_token", "none")) {
			String location = Forms
				.location(browser.get(request.replace("response_type=code", "response_type=" + encoded(other))));
			assertThat(location).as(other).startsWith(REDIRECT + "?");
			assertThat(Forms.query(location)).containsEntry("error", "unsupported_response_type")
				.containsEntry("state", "app-state");
		}
		for (String none : List.of("", "response_type=&", "response_type=code&response_type=code&")) {
			String location = Forms.location(browser.get(request.replace("response_type=code&", none)));
			assertThat(Forms.query(location)).as(none).containsEntry("error", "invalid_request");
		}
		assertThat(browser
			.get(request.replace("response_type=code", "response_type=token")
				.replace(encoded(REDIRECT), encoded("https://evil.example")))
			.statusCode()).isEqualTo(400);
	}

	/** RFC 6749 section 3.1: a request may be posted, and what is no answer is one. */
	@Test
	void whatIsPostedIsARequestOrAnAnswerWhateverIsLackingInIt() {
		String posted = authorize("notes:read").substring("/oauth2/authorize?".length());
		for (Visitor browser : List.of(new Visitor(this.http.base()),
				new Visitor(this.http.base()).signIn(this.user))) {
			HttpResponse<String> answer = browser.postForm("/oauth2/authorize",
					posted.replace("response_type=code&", "response_type=&"));
			assertThat(Forms.location(answer)).startsWith(REDIRECT + "?");
			assertThat(Forms.query(Forms.location(answer))).containsEntry("error", "invalid_request")
				.containsEntry("state", "app-state");
			for (String alone : List.of("redirect_uri", "code_challenge", "code_challenge_method", "request_uri",
					"response_mode", "scope", "x")) {
				for (String more : List.of("", "&client_id=" + this.client.clientId(),
						"&state=x&client_id=" + this.client.clientId())) {
					HttpResponse<String> other = browser.postForm("/oauth2/authorize", alone + "=x" + more);
					assertThat(other.statusCode()).as(alone + more).isBetween(300, 403);
				}
			}
			HttpResponse<String> elsewhere = browser.postForm("/oauth2/authorize",
					posted.replace("response_type=code&", "")
						.replace(encoded(REDIRECT), encoded("https://evil.example")));
			assertThat(elsewhere.statusCode()).isEqualTo(400);
		}
	}

	@Test
	void aRequestThatIsPostedInAnOldSessionIsNoAnswerToConsent() {
		Visitor browser = new Visitor(this.http.base()).signIn(this.user);
		this.clock.advance(Duration.ofHours(1));
		String posted = authorize("notes:read").substring("/oauth2/authorize?".length());
		String consent = Forms.location(browser.postForm("/oauth2/authorize", posted));
		assertThat(consent).contains("/oauth2/consent?").doesNotContain("app-state");
		assertThat(Forms.location(browser.get(consent))).endsWith("/login");
		this.clock.advance(Duration.ofHours(-1));
		assertThat(browser.get(consent).statusCode()).isEqualTo(200);
	}

	@Test
	void spareBlanksBetweenScopesAreNoScopes() {
		Answer tokens = redeem(code(" notes:read  notes:write ", "notes:read", "notes:write"), VERIFIER);
		assertThat(tokens.<String>json("scope")).isEqualTo("notes:read notes:write");
		Answer fewer = token("grant_type", "refresh_token", "refresh_token", tokens.json("refresh_token"), "scope",
				"  notes:read ");
		assertThat(fewer.<String>json("scope")).isEqualTo("notes:read");
		Answer all = token("grant_type", "refresh_token", "refresh_token", fewer.json("refresh_token"), "scope", " ");
		assertThat(all.<String>json("scope")).isEqualTo("notes:read notes:write");
	}

	@Test
	void aVerifierHas43To128UnreservedCharacters() {
		code("notes:read", "notes:read");
		Visitor browser = new Visitor(this.http.base()).signIn(this.user);
		for (String verifier : List.of("a".repeat(42), "a".repeat(129), "a".repeat(43) + "!", "a b".repeat(20),
				"\u00e9".repeat(43))) {
			String location = Forms
				.location(browser.get(authorize("notes:read").replace(challenge(), challenge(verifier))));
			assertRefused(redeem(Forms.query(location).get("code"), verifier), "invalid_grant");
		}
		for (String verifier : List.of("a".repeat(43), "aA0-._~".repeat(18) + "aa")) {
			String location = Forms
				.location(browser.get(authorize("notes:read").replace(challenge(), challenge(verifier))));
			assertThat(redeem(Forms.query(location).get("code"), verifier).status()).isEqualTo(200);
		}
	}

	@Test
	void aChallengeOfAnotherFormGoesBackToTheApplication() {
		Visitor browser = new Visitor(this.http.base()).signIn(this.user);
		for (String other : List.of("abc", challenge() + "%3D", challenge() + "a", challenge().substring(1) + "%2B")) {
			String location = Forms.location(browser.get(authorize("notes:read").replace(challenge(), other)));
			assertThat(location).as(other).startsWith(REDIRECT + "?");
			assertThat(Forms.query(location)).containsEntry("error", "invalid_request");
			assertThat(Forms.query(location).get("error_description")).contains("code_challenge");
		}
	}

	@Test
	void aGrantTypeThatTheEndpointDoesNotHaveIsNamedSo() {
		for (String other : List.of("password", "implicit", "urn:ietf:params:oauth:grant-type:saml2-bearer",
				"urn:ietf:params:oauth:grant-type:jwt-bearer")) {
			Answer refused = token("grant_type", other);
			assertRefused(refused, "unsupported_grant_type");
			assertThat(refused.<String>json("error_description")).contains("grant type").doesNotContain("twice");
		}
		assertRefused(token("scope", "notes:read"), "invalid_request");
	}

	/** The metadata names {@code query} alone: nothing else may be taken for it. */
	@Test
	void aResponseModeThatTheServerDoesNotHaveGoesBackToTheApplication() {
		Visitor browser = new Visitor(this.http.base()).signIn(this.user);
		String request = authorize("notes:read");
		for (String other : List.of("fragment", "form_post", "web_message", "query.jwt", "jwt", "Query", "query ",
				"query&response_mode=query", "fragment&response_mode=query")) {
			String mode = other.contains("&") ? other : encoded(other);
			String location = Forms.location(browser.get(request + "&response_mode=" + mode));
			assertThat(location).as(other).startsWith(REDIRECT + "?");
			assertThat(Forms.query(location)).as(other)
				.containsEntry("error", "invalid_request")
				.containsEntry("state", "app-state");
			assertThat(Forms.query(location).get("error_description")).contains("response_mode");
		}
		for (String same : List.of("&response_mode=query", "&response_mode=")) {
			assertThat(Forms.location(browser.get(request + same))).as(same).contains("/oauth2/consent?");
		}
		assertThat(browser
			.get(request.replace(encoded(REDIRECT), encoded("https://evil.example")) + "&response_mode=fragment")
			.statusCode()).isEqualTo(400);
	}

	@Test
	void thePageForAWrongRequestSaysWhichParameterIsWrong() {
		Visitor browser = new Visitor(this.http.base()).signIn(this.user);
		HttpResponse<String> address = browser
			.get(authorize("notes:read").replace(encoded(REDIRECT), encoded("https://evil.example")));
		assertThat(address.statusCode()).isEqualTo(400);
		assertThat(address.body()).contains("redirect_uri").doesNotContain("evil.example");
		HttpResponse<String> client = browser.get(authorize("notes:read").replace(this.client.clientId(), "nobody"));
		assertThat(client.statusCode()).isEqualTo(400);
		assertThat(client.body()).contains("client_id");
		Answer program = this.http
			.get(authorize("notes:read").replace("client_id=" + this.client.clientId(), "client_id="));
		assertThat(program.status()).isEqualTo(400);
		assertThat(program.<String>json("error")).isEqualTo("invalid_request");
		assertThat(program.<String>json("error_description")).contains("client_id");
	}

	@Test
	void agreementsAddUp() {
		code("notes:read", "notes:read");
		code("notes:write", "notes:write");
		Visitor browser = new Visitor(this.http.base()).signIn(this.user);
		assertThat(Forms.location(browser.get(authorize("notes:read")))).startsWith(REDIRECT + "?code=");
		assertThat(Forms.location(browser.get(authorize("notes:read notes:write")))).startsWith(REDIRECT + "?code=");
	}

	@Test
	void aClientWithoutASecretIsAskedAboutAgainWhereOthersMayListen() {
		for (String address : List.of("http://127.0.0.1:4000/cb", "http://[::1]:4000/cb", "http://localhost:4000/cb",
				"com.example.app:/cb", "https://localhost/cb", REDIRECT)) {
			this.client = this.apps
				.register(ClientRequest.named("App")
					.redirectingTo(address)
					.allowed("notes:read")
					.by("authorization_code")
					.withoutSecret())
				.client();
			Visitor browser = new Visitor(this.http.base()).signIn(this.user);
			String request = authorize("notes:read").replace(encoded(REDIRECT), encoded(address));
			String consent = Forms.location(browser.get(request));
			assertThat(Forms.leadsTo(consent(browser, Forms.query(consent).get("state"), "notes:read")))
				.startsWith(address + "?code=");
			String again = Forms.location(browser.get(request));
			assertThat(again.startsWith(REDIRECT + "?code=")).as(address + " " + again)
				.isEqualTo(address.equals(REDIRECT));
		}
	}

	@Test
	void aSessionThatEndsBeforeTheAnswerLeadsToTheSignInAndBack() {
		Visitor browser = new Visitor(this.http.base()).signIn(this.user);
		String consent = Forms.location(browser.get(authorize("notes:read")));
		String state = Forms.query(consent).get("state");
		Visitor later = new Visitor(this.http.base());
		String question = Forms.location(consent(later, state, "notes:read"));
		assertThat(question).contains("/oauth2/consent?state=");
		assertThat(Forms.location(later.get(question))).endsWith("/login");
		later.signIn(this.user);
		assertThat(later.get(question).statusCode()).isEqualTo(200);
		assertThat(Forms.leadsTo(consent(later, state, "notes:read"))).startsWith(REDIRECT + "?code=");
	}

	@Test
	void aLongRequestSurvivesTheSignIn() {
		Visitor browser = new Visitor(this.http.base());
		String request = authorize("notes:read").replace("state=app-state", "state=" + "s".repeat(5000));
		String back = Forms.location(browser.get(request));
		browser.get(back);
		HttpResponse<String> signedIn = browser.signIn(this.user.email(), People.PASSWORD);
		assertThat(Forms.location(signedIn)).contains("s".repeat(5000));
		assertThat(Forms.leadsTo(browser.get(Forms.location(signedIn)))).isEqualTo(request);
	}

	@Test
	void metadataAndKeysAnswerHead() {
		for (String path : List.of("/.well-known/oauth-authorization-server", "/oauth2/jwks")) {
			Answer head = this.http.send("HEAD", path, null, Map.of());
			assertThat(head.status()).as(path).isEqualTo(200);
			assertThat(head.body()).isEmpty();
			assertThat(this.http.get(path).header("Content-Type")).as(path).isEqualTo("application/json");
		}
		assertThat(
				this.http.get("/.well-known/oauth-authorization-server").<List<String>>json("response_modes_supported"))
			.containsExactly("query");
	}

	/** Contract 4: changing requests of a session need its CSRF token. */
	@Test
	void noAnswerIsTakenWithoutTheCsrfTokenOfTheSession() {
		Visitor browser = new Visitor(this.http.base()).signIn(this.user);
		String state = Forms.query(Forms.location(browser.get(authorize("notes:read")))).get("state");
		String answer = Forms.form("client_id", this.client.clientId(), "state", state, "scope", "notes:read");
		for (String forged : List.of(answer, answer + "&_csrf=", answer + "&_csrf=x")) {
			HttpResponse<String> refused = browser.postForm("/oauth2/authorize", forged);
			assertThat(refused.statusCode()).as(refused.body()).isEqualTo(403);
			assertThat(refused.body()).doesNotContain("code=");
		}
		String asked = authorize("notes:read");
		assertThat(Forms.location(browser.postForm("/oauth2/authorize", asked.substring(asked.indexOf('?') + 1))))
			.as("an application's own request, which nobody has answered")
			.contains("/oauth2/consent");
		assertThat(Forms.leadsTo(consent(browser, state, "notes:read"))).startsWith(REDIRECT + "?code=");
	}

	private String code(String wanted, String... ticked) {
		Visitor browser = new Visitor(this.http.base()).signIn(this.user);
		String location = Forms.location(browser.get(authorize(wanted)));
		if (location.contains("/oauth2/consent")) {
			location = Forms.leadsTo(consent(browser, Forms.query(location).get("state"), ticked));
		}
		assertThat(Forms.query(location)).containsEntry("state", "app-state").containsKey("code");
		return Forms.query(location).get("code");
	}

	private HttpResponse<String> consent(Visitor browser, String state, String... ticked) {
		browser.get("/tokens");
		return agree(browser, browser.csrf(), state, ticked);
	}

	private HttpResponse<String> agree(Visitor browser, String csrf, String state, String... ticked) {
		StringBuilder form = new StringBuilder(
				Forms.form("_csrf", csrf, "client_id", this.client.clientId(), "state", state));
		for (String scope : ticked) {
			form.append('&').append(Forms.form("scope", scope));
		}
		return browser.postForm("/oauth2/authorize", form.toString());
	}

	private String authorize(String scope) {
		return "/oauth2/authorize?" + Forms.form("response_type", "code", "client_id", this.client.clientId(),
				"redirect_uri", REDIRECT, "scope", scope, "state", "app-state", "code_challenge", challenge(),
				"code_challenge_method", "S256");
	}

	private Answer redeem(String code, String verifier) {
		return (verifier != null) ? token("grant_type", "authorization_code", "code", code, "code_verifier", verifier,
				"redirect_uri", REDIRECT)
				: token("grant_type", "authorization_code", "code", code, "redirect_uri", REDIRECT);
	}

	private Answer refresh(String token) {
		return token("grant_type", "refresh_token", "refresh_token", token);
	}

	private Answer token(String... form) {
		return send(this.client.clientId(), this.secret, form);
	}

	private Answer send(String clientId, String clientSecret, String... form) {
		return this.http.postForm("/oauth2/token", Forms.basic(clientId, clientSecret), form);
	}

	private Answer call(Answer tokens) {
		return this.http.get("/api/notes", tokens.<String>json("access_token"));
	}

	private static void assertRefused(Answer answer, String error) {
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.<String>json("error")).isEqualTo(error);
		assertThat(answer.<String>json("error_description")).isNotBlank();
	}

	private static String encoded(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8);
	}

	private static String challenge() {
		return challenge(VERIFIER);
	}

	private static String challenge(String verifier) {
		try {
			byte[] digest = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.UTF_8));
			return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
