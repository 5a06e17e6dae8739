package dev.latchkey.oauth;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

import dev.latchkey.caller.User;
import dev.latchkey.client.Client;
import dev.latchkey.grant.ApplicationWithdrawal;
import dev.latchkey.grant.ConnectedApplications;
import dev.latchkey.testing.Apps;
import dev.latchkey.testing.ClientRequest;
import dev.latchkey.testing.Forms;
import dev.latchkey.testing.Http;
import dev.latchkey.testing.Http.Answer;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import dev.latchkey.testing.TestClock;
import dev.latchkey.testing.Visitor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Command lines and devices without a browser (RFC 8628).
 */
@LatchkeyTest
class DeviceGrantTests {

	private static final String GRANT = "urn:ietf:params:oauth:grant-type:device_code";

	@Autowired
	private Http http;

	@Autowired
	private People people;

	@Autowired
	private TestClock clock;

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private Apps apps;

	@Autowired
	private ConnectedApplications applications;

	@Autowired
	private ApplicationWithdrawal withdrawal;

	private User user;

	private Visitor browser;

	private Client client;

	@BeforeEach
	void registerClient() {
		this.user = this.people.user();
		this.browser = new Visitor(this.http.base()).signIn(this.user);
		this.client = register(GRANT, "refresh_token");
	}

	@Test
	void aCommandLineActsForAUserWhoSaysYesElsewhere() {
		this.clock.stop();
		Answer codes = begin("notes:read notes:write");
		assertThat(codes.status()).as(codes.body()).isEqualTo(200);
		assertThat(codes.<String>json("user_code")).matches("[B-DF-HJ-NP-TV-XZ]{4}-[B-DF-HJ-NP-TV-XZ]{4}");
		assertThat(codes.<String>json("verification_uri")).endsWith("/oauth2/device");
		assertThat(codes.<String>json("verification_uri_complete"))
			.endsWith("/oauth2/device?user_code=" + codes.<String>json("user_code"));
		assertThat(codes.<Integer>json("expires_in")).isEqualTo(600);
		assertThat(codes.<Integer>json("interval")).isEqualTo(5);
		assertThat(codes.header("Cache-Control")).isEqualTo("no-store");
		assertRefused(poll(codes), "authorization_pending");
		HttpResponse<String> question = look(codes.<String>json("user_code").toLowerCase().replace("-", " "));
		assertThat(question.body()).contains("Some Tool", this.user.email(), codes.json("user_code"),
				"value=\"notes:read\"");
		assertThat(answer("/oauth2/device/allow", codes, "notes:read").body()).contains("Your device may go on");
		this.clock.advance(Duration.ofSeconds(5));
		Answer tokens = poll(codes);
		assertThat(tokens.status()).as(tokens.body()).isEqualTo(200);
		assertThat(tokens.<String>json("scope")).isEqualTo("notes:read");
		assertThat(tokens.<String>json("refresh_token")).startsWith("lkr_");
		assertThat(this.http.get("/api/notes", tokens.<String>json("access_token")).status()).isEqualTo(200);
		assertRefused(poll(codes), "invalid_grant");
		assertThat(look(codes.json("user_code")).statusCode()).isEqualTo(422);
		assertThat(this.applications.list(this.user.id())).hasSize(1);
	}

	@Test
	void aDeviceThatAsksTooOftenWaitsLonger() {
		this.clock.stop();
		Answer codes = begin("notes:read");
		assertRefused(poll(codes), "authorization_pending");
		this.clock.advance(Duration.ofSeconds(4));
		assertRefused(poll(codes), "slow_down");
		this.clock.advance(Duration.ofSeconds(6));
		assertRefused(poll(codes), "slow_down");
		this.clock.advance(Duration.ofSeconds(15));
		assertRefused(poll(codes), "authorization_pending");
	}

	@Test
	void whoSaysNoLetsTheDeviceHearIt() {
		Answer codes = begin("notes:read");
		look(codes.json("user_code"));
		assertThat(answer("/oauth2/device/deny", codes).body()).contains("Your device gets nothing")
			.doesNotContain("withdraw");
		assertRefused(poll(codes), "access_denied");
		assertThat(answer("/oauth2/device/allow", codes, "notes:read").statusCode()).isEqualTo(422);
	}

	@Test
	void codesLiveTenMinutes() {
		this.clock.stop();
		Answer codes = begin("notes:read");
		this.clock.advance(Duration.ofMinutes(10));
		assertRefused(poll(codes), "expired_token");
		this.browser = new Visitor(this.http.base()).signIn(this.user);
		assertThat(look(codes.json("user_code")).statusCode()).isEqualTo(422);
	}

	@Test
	void neitherCodeIsKept() {
		Answer codes = begin("notes:read");
		String rows = this.jdbc.sql("select string_agg(oauth_device::text, ' ') from oauth_device")
			.query(String.class)
			.single();
		assertThat(rows).doesNotContain(codes.<String>json("device_code"))
			.doesNotContain(codes.<String>json("user_code").replace("-", ""));
	}

	@Test
	void aCodeIsItsClientsOwn() {
		Answer codes = begin("notes:read");
		Client other = register(GRANT);
		assertRefused(send("/oauth2/token", "grant_type", GRANT, "device_code", codes.json("device_code"), "client_id",
				other.clientId()), "invalid_grant");
		assertRefused(send("/oauth2/token", "grant_type", GRANT, "client_id", other.clientId()), "invalid_request");
		Client without = register("authorization_code");
		assertRefused(send("/oauth2/device_authorization", "client_id", without.clientId()), "unauthorized_client");
		assertRefused(send("/oauth2/device_authorization", "client_id", this.client.clientId(), "scope", "users:read"),
				"invalid_scope");
		assertThat(send("/oauth2/device_authorization", "client_id", "nobody").status()).isEqualTo(401);
		assertThat(this.http.get("/oauth2/device_authorization").status()).isEqualTo(405);
	}

	@Test
	void nothingIsAgreedToByALinkOrWithoutATick() {
		Answer codes = begin("notes:read");
		HttpResponse<String> form = this.browser
			.get(codes.<String>json("verification_uri_complete").replaceFirst("^https?://[^/]+", ""));
		assertThat(form.body()).contains("value=\"" + codes.<String>json("user_code") + "\"");
		for (HttpResponse<String> again : List.of(answer("/oauth2/device/allow", codes),
				answer("/oauth2/device/allow", codes, "users:write"))) {
			assertThat(again.statusCode()).isEqualTo(422);
			assertThat(again.body()).contains("to act for you?", "Tick at least one thing that the device may do")
				.doesNotContain("No device waits", "checked=");
		}
		assertRefused(poll(codes), "authorization_pending");
	}

	@Test
	void anOldSessionIsAskedForThePasswordFirst() {
		Answer codes = begin("notes:read");
		look(codes.json("user_code"));
		this.clock.advance(Duration.ofHours(1));
		HttpResponse<String> asked = this.browser.post("/oauth2/device/allow", "user_code", codes.json("user_code"),
				"scope", "notes:read");
		assertThat(Forms.location(asked)).endsWith("/login");
		this.clock.run();
		assertThat(Forms.location(this.browser.signIn(this.user.email(), People.PASSWORD))).contains("/oauth2/device");
	}

	@Test
	void theRightThatIsTakenAwayTakesWhatNoDeviceHasFetched() {
		Answer codes = begin("notes:read");
		look(codes.json("user_code"));
		answer("/oauth2/device/allow", codes, "notes:read");
		this.withdrawal.withdraw(this.people.signedIn(this.user).actor(), this.client.id());
		assertRefused(poll(codes), "invalid_grant");
	}

	@Test
	void whoIsDisabledMeanwhileGivesNothing() {
		Answer codes = begin("notes:read");
		look(codes.json("user_code"));
		answer("/oauth2/device/allow", codes, "notes:read");
		this.people.disable(this.user);
		assertRefused(poll(codes), "invalid_grant");
	}

	@Test
	void itAnswersUnderAnyNameAndTheMetadataSaysWhere() {
		assertThat(this.http.raw("POST /oauth2/device_authorization HTTP/1.0\r\nContent-Length: 0\r\n\r\n"))
			.contains(" 400 ");
		Answer metadata = this.http.get("/.well-known/oauth-authorization-server");
		assertThat(metadata.<String>json("device_authorization_endpoint")).endsWith("/oauth2/device_authorization");
		assertThat(metadata.<List<String>>json("grant_types_supported")).contains(GRANT);
	}

	/** The page does not offer it, but whoever writes the form by hand may send it. */
	@Test
	void nobodyGivesADeviceWhatHisOwnRolesDoNotAllow() {
		this.client = this.apps
			.register(ClientRequest.named("Some Tool")
				.redirectingTo("https://app.example/back")
				.allowed("notes:read", "users:read")
				.by(GRANT)
				.withoutSecret())
			.client();
		Answer codes = begin("notes:read users:read");
		assertThat(look(codes.json("user_code")).body()).doesNotContain("value=\"users:read\"");
		assertThat(answer("/oauth2/device/allow", codes, "users:read").statusCode()).isEqualTo(422);
		assertRefused(poll(codes), "authorization_pending");
	}

	/** As with a browser. No client is registered with one today. */
	@Test
	void aWildcardIsAgreedToScopeByScope() {
		this.jdbc.sql("update oauth_client set scopes = 'notes:*' where id = ?").param(this.client.id()).update();
		Answer codes = begin("notes:*");
		assertThat(look(codes.json("user_code")).body()).contains("value=\"notes:read\"", "value=\"notes:write\"")
			.doesNotContain(" checked");
		assertThat(answer("/oauth2/device/allow", codes, "notes:read").body()).contains("Your device may go on");
		assertThat(poll(codes).<String>json("scope")).isEqualTo("notes:read");
	}

	/** V101 for requests with a browser, V110 for devices. */
	@Test
	void aDeviceWhoseClientDescribesItselfOtherwiseMeanwhileAsksAgain() {
		Answer shown = begin("notes:read");
		assertThat(look(shown.json("user_code")).statusCode()).isEqualTo(200);
		describeOtherwise();
		assertThat(answer("/oauth2/device/allow", shown, "notes:read").statusCode()).isEqualTo(422);
		assertThat(look(shown.json("user_code")).statusCode()).isEqualTo(422);
		assertRefused(poll(shown), "expired_token");
		Answer anew = begin("notes:read");
		look(anew.json("user_code"));
		assertThat(answer("/oauth2/device/allow", anew, "notes:read").body()).contains("Your device may go on");
	}

	private void describeOtherwise() {
		this.jdbc.sql("update oauth_client set document_version = document_version + 1 where id = ?")
			.param(this.client.id())
			.update();
	}

	private Client register(String... grantTypes) {
		return this.apps
			.register(ClientRequest.named("Some Tool")
				.redirectingTo("https://app.example/back")
				.allowed("notes:read", "notes:write")
				.by(grantTypes)
				.withoutSecret())
			.client();
	}

	private Answer begin(String scope) {
		return send("/oauth2/device_authorization", "client_id", this.client.clientId(), "scope", scope);
	}

	private Answer poll(Answer codes) {
		return send("/oauth2/token", "grant_type", GRANT, "device_code", codes.json("device_code"), "client_id",
				this.client.clientId());
	}

	private HttpResponse<String> look(String code) {
		this.browser.get("/oauth2/device");
		return this.browser.post("/oauth2/device", "user_code", code);
	}

	private HttpResponse<String> answer(String path, Answer codes, String... scopes) {
		this.browser.get("/oauth2/device");
		return (scopes.length > 0) ? this.browser.post(path, "user_code", codes.json("user_code"), "scope", scopes[0])
				: this.browser.post(path, "user_code", codes.json("user_code"));
	}

	private Answer send(String path, String... fields) {
		return this.http.postForm(path, null, fields);
	}

	private static void assertRefused(Answer answer, String error) {
		assertThat(answer.<String>json("error")).as(answer.body()).isEqualTo(error);
		assertThat(answer.status()).isEqualTo(400);
	}

}
