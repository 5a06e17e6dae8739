package dev.latchkey.client;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

import dev.latchkey.caller.User;
import dev.latchkey.testing.Http;
import dev.latchkey.testing.Http.Answer;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

@LatchkeyTest
class ClientApiTests {

	@Autowired
	private Http http;

	@Autowired
	private People people;

	private User admin;

	private String token;

	@BeforeEach
	void makeAdmin() {
		this.admin = this.people.admin();
		this.token = this.people.raw(this.admin, "users:read", "users:write", "notes:read");
	}

	@Test
	void anAdministratorRegistersAClientAndSeesItsSecretOnce() {
		Answer made = register("https://app.example/callback");
		assertThat(made.status()).isEqualTo(201);
		assertThat(made.header("Cache-Control")).isEqualTo("no-store");
		assertThat(made.<String>json("client_secret")).hasSize(43);
		assertThat(made.<String>json("account_id")).isEqualTo(this.admin.id().toString());
		Answer shown = this.http.get(made.header("Location"), this.token);
		assertThat(shown.status()).isEqualTo(200);
		assertThat(shown.body()).doesNotContain("client_secret");
		assertThat(shown.<List<String>>json("redirect_uris")).containsExactly("https://app.example/callback");
		assertThat(this.http.get("/api/clients?size=1", this.token).<List<Object>>json("items")).hasSize(1);
	}

	/** Whoever adds a field adds it to what the audit says, or this fails. */
	@Test
	void theAuditSaysEveryFieldThatAClientIsRegisteredWith() {
		String resource = "r" + UUID.randomUUID();
		Answer put = this.http.send("PUT", "/api/resources/" + resource, """
				{"address":"https://%1$s.example","scopes":[{"name":"%1$s:read","description":"Read"}]}"""
			.formatted(resource), Http.bearer(this.people.raw(this.admin, "*")));
		assertThat(put.status()).as(put.body()).isEqualTo(201);
		String id = this.http
			.post("/api/clients", this.token,
					"""
							{"client_id":"c-%s","name":"App","redirect_uris":["https://app.example/back"],"scopes":["notes:read"],\
							"grant_types":["authorization_code","password"],"confidential":true,"role":"USER","account":"%s",\
							"audiences":["https://notes.example"],"resource":"%s"}"""
						.formatted(UUID.randomUUID(), this.admin.email(), resource))
			.json("client_id");
		List<String> said = this.http
			.get("/api/audit-events?action=client.registered&size=100", this.people.raw(this.admin, "audit:read"))
			.json("items[?(@.detail == '%s')].changes[*].field".formatted(id));
		assertThat(said).containsExactlyInAnyOrderElementsOf(Arrays.stream(NewClient.class.getRecordComponents())
			.map((field) -> field.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT))
			.toList());
	}

	@Test
	void nobodyElseDoes() {
		assertThat(this.http.get("/api/clients").status()).isEqualTo(401);
		assertThat(this.http.get("/api/clients", this.people.raw(this.people.user(), "*")).status()).isEqualTo(403);
		assertThat(this.http.get("/api/clients", this.people.raw(this.admin, "notes:read")).code())
			.isEqualTo("insufficient_scope");
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://app.example/callback", "http://127.0.0.1/callback", "http://[::1]:8000/cb",
			"http://localhost:8000/cb", "com.example.app:/callback" })
	void theseRedirectAddressesAreAccepted(String uri) {
		assertThat(register(uri).status()).isEqualTo(201);
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://app.example/callback", "https://app.example/callback#part", "https://*.example/cb",
			"https://user@app.example/cb", "https://app.example:99999/cb", "https://app.example:65536/cb",
			"https://app.example:0/cb", "http://127.0.0.1:0/cb", "https://app.example/../cb",
			"https://app.example/a/..", "https://app.example/./cb", "https://app.example/%2e%2E/cb",
			"https://app.example/.%2e", "com.example.app://x:99999/cb", "javascript:alert(1)", "data:text/html,x",
			"/callback", "//app.example/cb", "https:///cb", "not an address", "http://127.0.0.1.evil.example/cb",
			"https://app.example/\u202ecb", "https://app.example/\ufeff", "https://app.example/e\u0301",
			"https://\u0430pp.example/cb", "" })
	void theseAreNot(String uri) {
		Answer answer = register(uri);
		assertThat(answer.status()).isEqualTo(422);
		assertThat(answer.<String>json("errors[0].field")).isEqualTo("redirect_uris");
	}

	@Test
	void ofSeveralAddressesTheWrongOneIsNamed() {
		Answer answer = register("https://app.example/cb\",\"http://app.example/cb");
		assertThat(answer.<String>json("errors[0].message")).startsWith("has an entry that is not acceptable (#2): ");
	}

	@Test
	void everyFaultIsSaidAtOnce() {
		Answer answer = this.http.post("/api/clients", this.token, """
				{"name":" ","client_id":"!","scopes":["made:up","*"],"grant_types":["implicit"],"account":"nobody"}""");
		assertThat(answer.status()).isEqualTo(422);
		assertThat(answer.<List<String>>json("errors[*].field")).containsExactlyInAnyOrder("name", "client_id",
				"scopes", "grant_types", "account");
		assertThat(answer.<List<String>>json("errors[*].message")).contains(
				"has an entry that is no scope of this server: made:up; a client names each one",
				"has an entry that this server does not know: implicit");
		assertThat(this.http.post("/api/clients", this.token, "{\"secret\":\"x\"}").status()).isEqualTo(400);
	}

	@Test
	void anAccountWithANulIsNobodys() {
		assertThat(this.http.post("/api/clients", this.token, """
				{"name":"App","scopes":["notes:read"],"grant_types":["client_credentials"],"account":"a\\u0000b"}""")
			.<String>json("errors[0].field")).isEqualTo("account");
	}

	@Test
	void aClientIdIsTakenOnce() {
		String body = """
				{"name":"App","client_id":"taken-%s","scopes":["notes:read"],"grant_types":["client_credentials"]}"""
			.formatted(java.util.UUID.randomUUID());
		assertThat(this.http.post("/api/clients", this.token, body).status()).isEqualTo(201);
		assertThat(this.http.post("/api/clients", this.token, body).<String>json("errors[0].field"))
			.isEqualTo("client_id");
	}

	/** Contract 1: an id is never reused. */
	@Test
	void theNameOfARemovedClientIsNotGivenAgain() {
		String body = """
				{"name":"App","client_id":"gone-%s","scopes":["notes:read"],"grant_types":["client_credentials"]}"""
			.formatted(java.util.UUID.randomUUID());
		Answer made = this.http.post("/api/clients", this.token, body);
		assertThat(this.http.delete(made.header("Location"), this.token).status()).isEqualTo(204);
		Answer again = this.http.post("/api/clients", this.token, body);
		assertThat(again.status()).isEqualTo(422);
		assertThat(again.<List<String>>json("errors[*].field")).containsExactly("client_id");
	}

	@Test
	void aClientActsForAnotherAdministratorOnlyByASuperusersWord() {
		User other = this.people.admin();
		String body = """
				{"name":"App","scopes":["users:write"],"grant_types":["client_credentials"],"account":"%s"}"""
			.formatted(other.email());
		assertThat(this.http.post("/api/clients", this.token, body).<String>json("errors[0].field"))
			.isEqualTo("account");
		String superuser = this.people.raw(this.people.superuser(), "users:*");
		assertThat(this.http.post("/api/clients", superuser, body).status()).isEqualTo(201);
		String another = body.replace(other.email(), this.people.superuser().email());
		assertThat(this.http.post("/api/clients", superuser, another).<String>json("errors[0].field"))
			.isEqualTo("account");
	}

	@Test
	void aSecretIsReplacedAndAClientRemoved() {
		Answer made = register("https://app.example/callback");
		Answer replaced = this.http.post(made.header("Location") + "/secret", this.token, null);
		assertThat(replaced.<String>json("client_secret")).isNotEqualTo(made.<String>json("client_secret"));
		assertThat(this.http.delete(made.header("Location"), this.token).status()).isEqualTo(204);
		assertThat(this.http.delete(made.header("Location"), this.token).status()).isEqualTo(404);
		assertThat(this.http.get("/api/clients/nonsense", this.token).status()).isEqualTo(404);
	}

	@Test
	void audiencesAreShownOnceEach() {
		Answer made = registerFor("\"https://rs.example\",\"parcels\",\"https://rs.example\",\"urn:example:rs\"");
		assertThat(made.status()).isEqualTo(201);
		assertThat(made.<List<String>>json("audiences")).containsExactly("https://rs.example", "parcels",
				"urn:example:rs");
		assertThat(this.http.get(made.header("Location"), this.token).<List<String>>json("audiences")).hasSize(3);
		assertThat(this.http.get("/api/clients?size=100", this.token)
			.<List<List<String>>>json("items[?(@.id == '%s')].audiences".formatted(made.<String>json("id"))))
			.singleElement()
			.asInstanceOf(InstanceOfAssertFactories.LIST)
			.hasSize(3);
		assertThat(register("https://app.example/callback").<List<String>>json("audiences")).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "\"\"", "\" \"", "\"two names\"", "\"https://*.example\"", "\"*\"",
			"\"https://rs.example#part\"", "\"https://me@rs.example\"", "\":\"", "\"a\\u0000b\"", "\"caf\u00e9\"",
			"\"a\\u202eb\"", "\"//rs.example\"" })
	void theseAreNoAudiences(String entry) {
		Answer answer = registerFor("\"parcels\"," + entry);
		assertThat(answer.status()).isEqualTo(422);
		assertThat(answer.<List<String>>json("errors[*].field")).containsExactly("audiences");
	}

	@Test
	void audiencesAreNeitherLongNorMany() {
		assertThat(registerFor("\"" + "a".repeat(500) + "\"").status()).isEqualTo(201);
		assertThat(registerFor("\"" + "a".repeat(501) + "\"").<String>json("errors[0].field")).isEqualTo("audiences");
		String many = java.util.stream.IntStream.range(0, 51)
			.mapToObj("\"rs-%d\""::formatted)
			.collect(java.util.stream.Collectors.joining(","));
		assertThat(registerFor(many).<String>json("errors[0].field")).isEqualTo("audiences");
		assertThat(this.http.post("/api/clients", this.token, """
				{"name":"App","scopes":["notes:read"],"grant_types":["client_credentials"],"audiences":"parcels"}""")
			.status()).isEqualTo(400);
	}

	private Answer registerFor(String audiences) {
		return this.http.post("/api/clients", this.token, """
				{"name":"App","scopes":["notes:read"],"grant_types":["client_credentials"],"audiences":[%s]}"""
			.formatted(audiences));
	}

	private Answer register(String redirectUri) {
		return this.http.post("/api/clients", this.token, """
				{"name":"App","redirect_uris":["%s"],"scopes":["notes:read"],"grant_types":["authorization_code"]}"""
			.formatted(redirectUri));
	}

}
