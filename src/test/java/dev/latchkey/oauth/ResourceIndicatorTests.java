package dev.latchkey.oauth;

import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import dev.latchkey.caller.User;
import dev.latchkey.testing.Apps;
import dev.latchkey.testing.Forms;
import dev.latchkey.testing.Http;
import dev.latchkey.testing.Http.Answer;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import dev.latchkey.testing.Pkce;
import dev.latchkey.testing.Visitor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * For which services the tokens of a grant are (RFC 8707).
 */
@LatchkeyTest
class ResourceIndicatorTests {

	private static final String DEVICE = "urn:ietf:params:oauth:grant-type:device_code";

	private static final AtomicInteger NAMES = new AtomicInteger();

	@Autowired
	private Http http;

	@Autowired
	private People people;

	@Autowired
	private Apps apps;

	private User user;

	private String name;

	private String address;

	private String scope;

	private String issuer;

	private String basic;

	private String clientId;

	private String maker;

	private String admin;

	@Autowired
	private JdbcClient jdbc;

	@BeforeEach
	void register() {
		String number = String.valueOf(NAMES.incrementAndGet());
		this.name = "parcels-of-grants-" + number;
		this.address = "https://parcels-%s.example/api".formatted(number);
		this.scope = "parcelsofgrants%s:read".formatted(number);
		this.issuer = this.http.get("/.well-known/oauth-authorization-server").json("issuer");
		this.admin = this.people.raw(this.people.superuser(), "*");
		put("");
		this.maker = this.people.raw(this.people.superuser(), "*", this.scope);
		Answer client = this.http.post("/api/clients", this.maker, """
				{"name":"Parcel App","grant_types":["authorization_code","refresh_token","client_credentials","%s"],\
				"scopes":["notes:read","%s"],"redirect_uris":["https://app.example/back"]}""".formatted(DEVICE,
				this.scope));
		assertThat(client.status()).as(client.body()).isEqualTo(201);
		this.clientId = client.json("client_id");
		this.basic = "Basic " + Base64.getEncoder()
			.encodeToString((this.clientId + ":" + client.json("client_secret")).getBytes(StandardCharsets.UTF_8));
		this.user = this.people.user();
	}

	@Test
	void aCodeForSeveralServicesIsNarrowedAtARefresh() {
		Answer tokens = token("grant_type", "authorization_code", "code",
				code("notes:read " + this.scope, this.address, this.issuer), "code_verifier", Pkce.VERIFIER,
				"redirect_uri", "https://app.example/back");
		assertThat(tokens.status()).as(tokens.body()).isEqualTo(200);
		assertThat(passes(tokens, this.name)).isEqualTo(204);
		assertThat(passes(tokens, "latchkey")).isEqualTo(204);
		String refresh = tokens.json("refresh_token");
		assertRefused(
				token("grant_type", "refresh_token", "refresh_token", refresh, "resource", "https://nobody.example"));
		Answer narrowed = token("grant_type", "refresh_token", "refresh_token", refresh, "resource", this.address);
		assertThat(passes(narrowed, this.name)).isEqualTo(204);
		assertThat(passes(narrowed, "latchkey")).isEqualTo(403);
		Answer all = token("grant_type", "refresh_token", "refresh_token", narrowed.json("refresh_token"));
		assertThat(passes(all, "latchkey")).isEqualTo(204);
	}

	@Test
	void aScopeThatWasRetiredSinceNeitherACodeNorARefreshGives() {
		String alone = code(this.scope, this.address);
		String code = code("notes:read " + this.scope, this.address, this.issuer);
		Answer before = token("grant_type", "authorization_code", "code", code, "code_verifier", Pkce.VERIFIER,
				"redirect_uri", "https://app.example/back");
		this.http.put("/api/resources/" + this.name, this.people.raw(this.people.superuser(), "*"), """
				{"address":"%s","scopes":[{"name":"%s","description":"See parcels","role":"USER",\
				"retired_at":"2999-01-01T00:00:00Z"}]}""".formatted(this.address, this.scope));
		assertThat(token("grant_type", "refresh_token", "refresh_token", before.json("refresh_token"))
			.<String>json("scope")).isEqualTo("notes:read");
		Answer nothingLeft = token("grant_type", "authorization_code", "code", alone, "code_verifier", Pkce.VERIFIER,
				"redirect_uri", "https://app.example/back");
		assertThat(nothingLeft.status()).isEqualTo(400);
		assertThat(nothingLeft.<String>json("error")).isEqualTo("invalid_scope");
	}

	@Test
	void aCodeIsForWhatItsRequestNamedAndForNothingElse() {
		String code = code("notes:read " + this.scope, this.address);
		assertRefused(token("grant_type", "authorization_code", "code", code, "code_verifier", Pkce.VERIFIER,
				"redirect_uri", "https://app.example/back", "resource", this.issuer));
		Answer tokens = token("grant_type", "authorization_code", "code", code, "code_verifier", Pkce.VERIFIER,
				"redirect_uri", "https://app.example/back", "resource", this.address);
		assertThat(tokens.<String>json("scope")).as("what it may do there").isEqualTo(this.scope);
		assertThat(passes(tokens, this.name)).isEqualTo(204);
		assertThat(passes(tokens, "latchkey")).isEqualTo(403);
		assertRefused(token("grant_type", "refresh_token", "refresh_token", tokens.json("refresh_token"), "resource",
				this.issuer));
	}

	@Test
	void withoutANameTheTokenIsForTheServicesOfItsScopes() {
		Answer tokens = token("grant_type", "authorization_code", "code", code(this.scope), "code_verifier",
				Pkce.VERIFIER, "redirect_uri", "https://app.example/back");
		assertThat(passes(tokens, this.name)).isEqualTo(204);
		assertThat(passes(tokens, "latchkey")).isEqualTo(403);
	}

	@Test
	void aServiceThatThereIsNotIsRefusedBeforeAnybodyIsAsked() {
		Visitor browser = new Visitor(this.http.base()).signIn(this.user);
		HttpResponse<String> answer = browser.get(ask(this.scope, "https://nobody.example"));
		assertThat(Forms.query(Forms.location(answer))).containsEntry("error", "invalid_target");
		assertRefused(send("/oauth2/device_authorization", "scope", this.scope, "resource", "https://nobody.example"));
		assertRefused(token("grant_type", "client_credentials", "scope", this.scope, "resource", this.issuer));
	}

	@Test
	void aDeviceAsksForAServiceToo() {
		Answer codes = send("/oauth2/device_authorization", "scope", "notes:read " + this.scope, "resource",
				this.address);
		Visitor browser = new Visitor(this.http.base()).signIn(this.user);
		browser.get("/oauth2/device");
		browser.post("/oauth2/device/allow", "user_code", codes.json("user_code"), "scope", this.scope);
		Answer tokens = token("grant_type", DEVICE, "device_code", codes.json("device_code"));
		assertThat(tokens.status()).as(tokens.body()).isEqualTo(200);
		assertThat(passes(tokens, this.name)).isEqualTo(204);
		assertThat(passes(tokens, "latchkey")).isEqualTo(403);
	}

	@Test
	void aResourceThatComesBackInheritsNothing() {
		String code = code("notes:read " + this.scope);
		Answer codes = send("/oauth2/device_authorization", "scope", this.scope);
		assertThat(consent()).contains("notes:read", this.scope);
		this.http.delete("/api/tokens/current", this.maker);
		assertThat(this.http.delete("/api/resources/" + this.name, this.admin).status()).isEqualTo(204);
		put("");
		assertThat(consent()).isEqualTo("notes:read");
		assertThat(redeem(code).<String>json("error")).isEqualTo("invalid_grant");
		assertThat(token("grant_type", DEVICE, "device_code", codes.json("device_code")).<String>json("error"))
			.isEqualTo("invalid_grant");
		assertThat(token("grant_type", "client_credentials", "scope", this.scope).<String>json("error"))
			.isEqualTo("invalid_scope");
		assertThat(token("grant_type", "client_credentials").<String>json("scope")).isEqualTo("notes:read");
		assertThat(this.http.get("/api/clients/" + id(), this.admin).body()).doesNotContain(this.scope);
	}

	@Test
	void aResourceStaysWhileAClientBelongsToIt() {
		this.http.delete("/api/tokens/current", this.maker);
		String name = "of-" + this.name;
		Answer client = this.http.post("/api/clients", this.admin, """
				{"client_id":"%s","name":"Depot","grant_types":["client_credentials"],"scopes":["notes:read"],\
				"resource":"%s"}""".formatted(name, this.name));
		assertThat(client.status()).as(client.body()).isEqualTo(201);
		Answer refused = this.http.delete("/api/resources/" + this.name, this.admin);
		assertThat(refused.status()).isEqualTo(409);
		assertThat(refused.<String>json("code")).isEqualTo("in_use");
		assertThat(refused.<String>json("detail")).contains(name);
		this.http.delete("/api/clients/" + client.json("id"), this.admin);
		assertThat(this.http.delete("/api/resources/" + this.name, this.admin).status()).isEqualTo(204);
	}

	@Test
	void aFlowUnderWayGivesWhatIsLeftOfAScopeThatIsRetiredMeanwhile() {
		String alone = code(this.scope);
		String both = code("notes:read " + this.scope);
		Answer codes = send("/oauth2/device_authorization", "scope", this.scope);
		put(",\"retired_at\":\"2990-01-01T00:00:00Z\"");
		assertThat(redeem(both).<String>json("scope")).isEqualTo("notes:read");
		assertThat(redeem(alone).<String>json("error")).isEqualTo("invalid_scope");
		assertThat(token("grant_type", "client_credentials").<String>json("scope")).isEqualTo("notes:read");
		assertThat(send("/oauth2/device_authorization", "scope", this.scope).<String>json("error"))
			.isEqualTo("invalid_scope");
		assertThat(codes.status()).isEqualTo(200);
	}

	private void put(String more) {
		Answer made = this.http.put("/api/resources/" + this.name, this.admin,
				"{\"address\":\"%s\",\"scopes\":[{\"name\":\"%s\",\"description\":\"See parcels\",\"role\":\"USER\"%s}]}"
					.formatted(this.address, this.scope, more));
		assertThat(made.status()).as(made.body()).isIn(200, 201);
	}

	private Answer redeem(String code) {
		return token("grant_type", "authorization_code", "code", code, "code_verifier", Pkce.VERIFIER, "redirect_uri",
				"https://app.example/back");
	}

	private String consent() {
		return this.jdbc.sql("select scopes from oauth_consent where owner_id = ?")
			.param(this.user.id())
			.query(String.class)
			.single();
	}

	private String id() {
		return this.jdbc.sql("select id from oauth_client where client_id = ?")
			.param(this.clientId)
			.query(String.class)
			.single();
	}

	private int passes(Answer tokens, String resource) {
		return this.http.get("/forward-auth?resource=" + resource, tokens.<String>json("access_token")).status();
	}

	private String code(String scopes, String... resources) {
		Visitor browser = new Visitor(this.http.base()).signIn(this.user);
		String consent = Forms.location(browser.get(ask(scopes, resources)));
		browser.get("/tokens");
		List<String> fields = new ArrayList<>(
				List.of("client_id", this.clientId, "state", Forms.query(consent).get("state")));
		for (String one : scopes.split(" ")) {
			fields.addAll(List.of("scope", one));
		}
		return Forms.query(Forms.leadsTo(browser.post("/oauth2/authorize", fields.toArray(String[]::new)))).get("code");
	}

	private String ask(String scopes, String... resources) {
		StringBuilder path = new StringBuilder("/oauth2/authorize?response_type=code&client_id=").append(this.clientId)
			.append("&scope=")
			.append(encoded(scopes))
			.append("&redirect_uri=https://app.example/back&code_challenge_method=S256&code_challenge=")
			.append(Pkce.CHALLENGE);
		for (String resource : resources) {
			path.append("&resource=").append(encoded(resource));
		}
		return path.toString();
	}

	@Test
	void aClientForAllOfThisServerExchangesNothingOfAnotherService() {
		Answer exchanged = this.apps.own(this.user)
			.token("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange", "subject_token",
					this.people.raw(this.user, this.scope), "subject_token_type",
					"urn:ietf:params:oauth:token-type:access_token");
		assertThat(exchanged.<String>json("error")).as(exchanged.body()).isEqualTo("invalid_scope");
	}

	private Answer token(String... fields) {
		return send("/oauth2/token", fields);
	}

	private Answer send(String path, String... fields) {
		return this.http.postForm(path, this.basic, fields);
	}

	private static void assertRefused(Answer answer) {
		assertThat(answer.<String>json("error")).as(answer.body()).isEqualTo("invalid_target");
		assertThat(answer.status()).isEqualTo(400);
	}

	private static String encoded(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8);
	}

}
