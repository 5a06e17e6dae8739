package dev.latchkey.resource;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

import dev.latchkey.caller.User;
import dev.latchkey.testing.Apps;
import dev.latchkey.testing.Http;
import dev.latchkey.testing.Http.Answer;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import dev.latchkey.testing.TestClock;
import dev.latchkey.testing.TokenRequest;
import dev.latchkey.testing.Visitor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A token is one at the services that it was made for, and nowhere else.
 */
@LatchkeyTest
class BoundTokenTests {

	@Autowired
	private Http http;

	@Autowired
	private People people;

	@Autowired
	private TestClock clock;

	@Autowired
	private JdbcTemplate jdbc;

	@Autowired
	private Apps apps;

	private String admin;

	private User owner;

	private Visitor visitor;

	private String parcels;

	private String letters;

	@BeforeEach
	void makeResources() {
		this.admin = this.people.raw(this.people.superuser(), "*");
		this.owner = this.people.user();
		this.visitor = new Visitor(this.http.base());
		this.visitor.signIn(this.owner.email(), People.PASSWORD);
		this.visitor.get("/account");
		this.parcels = put("parcels");
		this.letters = put("letters");
	}

	@AfterEach
	void removeThem() {
		this.jdbc.update("delete from protected_resource");
	}

	@Test
	void leftOutItIsBoundToTheServicesOfItsScopes() {
		assertThat(made("", this.parcels + ":read").resources()).containsExactly(this.parcels);
		assertThat(made("", this.parcels + ":*", "user:read").resources()).containsExactlyInAnyOrder("latchkey",
				this.parcels);
		assertThat(made("", "*").resources()).containsExactly("latchkey");
		assertThat(this.http.get("/api/tokens/current", made("", this.parcels + ":read").raw())
			.<List<String>>json("resources")).containsExactly(this.parcels);
	}

	@Test
	void aScopeOfAServiceThatIsNotNamedIsRefused() {
		for (Answer refused : List.of(make(",\"resources\":[\"%s\"]".formatted(this.letters), this.parcels + ":read"),
				make(",\"resources\":[\"%s\"]".formatted(this.parcels), "*"),
				make(",\"resources\":[\"latchkey\"]", this.parcels + ":*"))) {
			assertThat(refused.status()).isEqualTo(422);
			assertThat(refused.<String>json("errors[0].field")).isEqualTo("scopes");
		}
		Answer unknown = make(",\"resources\":[\"%s\",\"no-such\"]".formatted(this.parcels), this.parcels + ":read");
		assertThat(unknown.<List<String>>json("errors[*].field")).containsExactly("resources");
	}

	@Test
	void atThisServerItMayDoNothingButBeLookedAtAndEnd() {
		String raw = made("", this.parcels + ":read").raw();
		assertThat(this.http.get("/api/user", raw).code()).isEqualTo("insufficient_scope");
		assertThat(this.http.get("/user/my-account", raw).code()).isEqualTo("forbidden");
		assertThat(this.http.get("/user/my-account", made("", "user:read").raw()).status()).isEqualTo(200);
		assertThat(this.http.get("/forward-auth?scope=" + this.parcels + ":read", raw).status()).isEqualTo(204);
		assertThat(this.http.get("/forward-auth?scope=user:read", raw).status()).isEqualTo(403);
		assertThat(this.http.get("/api/tokens/current", raw).status()).isEqualTo(200);
		assertThat(this.http.delete("/api/tokens/current", raw).status()).isEqualTo(204);
		assertThat(this.http.get("/forward-auth?scope=" + this.parcels + ":read", raw).status()).isEqualTo(401);
	}

	@Test
	void theStarCoversThisServerAlone() {
		assertThat(this.http.get("/forward-auth?scope=" + this.parcels + ":read", made("", "*").raw()).status())
			.isEqualTo(403);
	}

	@Test
	void whatAServiceHasIsAskedAtEachUse() {
		String raw = made("", this.parcels + ":*").raw();
		String asked = "/forward-auth?scope=" + this.parcels + ":read";
		assertThat(this.http.get(asked, raw).status()).isEqualTo(204);
		String soon = this.clock.instant().plus(Duration.ofMinutes(1)).toString();
		String scope = "{\"name\":\"%s:read\",\"description\":\"d\",\"role\":\"USER\",\"retired_at\":\"%s\"}"
			.formatted(this.parcels, soon);
		assertThat(this.http
			.put("/api/resources/" + this.parcels, this.admin,
					"{\"address\":\"https://%s.example\",\"scopes\":[%s,%s]}".formatted(this.parcels, scope,
							scope.replace(":read", ":send")))
			.status()).isEqualTo(200);
		assertThat(this.http.get(asked, raw).status()).isEqualTo(204);
		this.clock.advance(Duration.ofMinutes(2));
		assertThat(this.http.get(asked, raw).status()).isEqualTo(403);
		assertThat(this.http.post("/api/tokens/diagnose", "{\"token\":\"%s\"}".formatted(raw))
			.<List<String>>json("reasons"))
			.containsExactly("what its owner's roles allow of %s:* is retired".formatted(this.parcels));
	}

	/**
	 * What is retired later is no more given, and stays with whoever has it until then.
	 */
	@Test
	void aWildcardBringsNoNewTokenWhatIsRetired() {
		Made before = made("", this.parcels + ":*", "tokens:rotate");
		retireSending(this.clock.instant().plus(Duration.ofMinutes(10)).toString());
		User admin = this.people.superuser();
		this.visitor.signIn(admin);
		this.visitor.get("/account");
		String after = made("", this.parcels + ":*").raw();
		assertThat(this.http.get("/api/tokens/current", after).<List<String>>json("scopes"))
			.containsExactly(this.parcels + ":read");
		assertThat(forwarded(after, "read")).isEqualTo(204);
		assertThat(forwarded(after, "send")).isEqualTo(403);
		assertThat(introspect(client(this.parcels), after).<String>json("scope")).isEqualTo(this.parcels + ":read");
		assertThat(this.http.get("/api/tokens/current", before.raw()).<List<String>>json("scopes"))
			.contains(this.parcels + ":*");
		Answer successor = this.http.post("/api/tokens/current/rotate", before.raw(), null);
		assertThat(successor.<List<String>>json("scopes")).containsExactly(this.parcels + ":read", "tokens:rotate");
		retireSending(null);
		assertThat(forwarded(after, "send")).isEqualTo(403);
		assertThat(
				this.http.get("/api/tokens/current", made("", this.parcels + ":*").raw()).<List<String>>json("scopes"))
			.containsExactly(this.parcels + ":*");
	}

	@Test
	void whoHasItByAWildcardKeepsItUntilThen() {
		User admin = this.people.superuser();
		this.visitor.signIn(admin);
		this.visitor.get("/account");
		String before = made("", this.parcels + ":*").raw();
		retireSending(this.clock.instant().plus(Duration.ofMinutes(10)).toString());
		assertThat(forwarded(before, "send")).isEqualTo(204);
		this.clock.advance(Duration.ofMinutes(11));
		assertThat(forwarded(before, "send")).isEqualTo(403);
		assertThat(forwarded(before, "read")).isEqualTo(204);
	}

	@Test
	void atThePageTheNewTokenShowsWhatTheWildcardStandsForStill() {
		String id = this.people.token(this.owner, TokenRequest.of(this.parcels + ":*")).details().id().toString();
		retireSending(this.clock.instant().plus(Duration.ofMinutes(10)).toString());
		this.visitor.get("/tokens/" + id + "/rotate");
		String shown = this.visitor.post("/tokens/" + id + "/rotate", "grace", "0", "expiration", "same").body();
		assertThat(shown).contains("Your new token", this.parcels + ":read")
			.doesNotContain(this.parcels + ":*", this.parcels + ":send");
	}

	private void retireSending(@Nullable String at) {
		String scopes = """
				{"name":"%1$s:read","description":"d","role":"USER"},\
				{"name":"%1$s:send","description":"d","role":"ADMIN"%2$s}""".formatted(this.parcels,
				(at != null) ? ",\"retired_at\":\"%s\"".formatted(at) : "");
		assertThat(this.http
			.put("/api/resources/" + this.parcels, this.admin,
					"{\"address\":\"https://%s.example\",\"scopes\":[%s]}".formatted(this.parcels, scopes))
			.status()).isEqualTo(200);
	}

	private int forwarded(String raw, String right) {
		return this.http.get("/forward-auth?scope=%s:%s".formatted(this.parcels, right), raw).status();
	}

	@Test
	void whatIsMadeWithItGoesNoFurther() {
		Made parent = made("", this.parcels + ":*", "tokens:write");
		Answer child = this.http.post("/api/tokens", parent.raw(),
				"{\"name\":\"x\",\"scopes\":[\"%s:read\"]}".formatted(this.parcels));
		assertThat(child.<List<String>>json("resources")).containsExactly(this.parcels);
		Answer wider = this.http.post("/api/tokens", parent.raw(),
				"{\"name\":\"x\",\"scopes\":[\"%s:read\"],\"resources\":[\"%s\",\"%s\"]}".formatted(this.parcels,
						this.parcels, this.letters));
		assertThat(wider.status()).isEqualTo(422);
		assertThat(wider.<List<String>>json("errors[*].field")).containsExactly("resources");
	}

	@Test
	void aSuccessorIsBoundAsBefore() {
		Made token = made("", this.parcels + ":read", "tokens:rotate");
		Answer successor = this.http.post("/api/tokens/current/rotate", token.raw(), null);
		assertThat(successor.<List<String>>json("resources")).containsExactlyElementsOf(token.resources());
	}

	@Test
	void itsHolderIsToldWhatKeepsAScopeFromWorking() {
		Answer diagnosis = this.http.post("/api/tokens/diagnose",
				"{\"token\":\"%s\"}".formatted(made("", this.parcels + ":read", this.parcels + ":send").raw()));
		assertThat(diagnosis.<List<String>>json("reasons"))
			.containsExactly("its owner's roles do not allow %s:send".formatted(this.parcels));
	}

	@Test
	void aServiceIsToldOfItsOwnTokensAlone() {
		String raw = made("", this.parcels + ":read", "user:read").raw();
		Answer theirs = introspect(client(this.parcels), raw);
		assertThat(theirs.<Boolean>json("active")).isTrue();
		assertThat(theirs.<String>json("aud")).isEqualTo("https://%s.example".formatted(this.parcels));
		assertThat(theirs.<String>json("scope")).isEqualTo(this.parcels + ":read");
		assertThat(introspect(client(this.letters), raw).body()).isEqualTo("{\"active\":false}");
		Answer all = this.http.sendForm("/oauth2/introspect", "token=" + raw, Http.bearer(this.admin));
		assertThat(all.<String>json("scope")).isEqualTo(this.parcels + ":read user:read");
	}

	private Answer client(String resource) {
		Answer client = this.http.post("/api/clients", this.admin, """
				{"name":"x","grant_types":["client_credentials"],"scopes":["user:read"],"resource":"%s"}"""
			.formatted(resource));
		assertThat(client.<String>json("resource")).isEqualTo(resource);
		return client;
	}

	@Test
	void theStarOfAClientCoversThisServerAloneInAnExchangeToo() {
		String raw = made("", this.parcels + ":read", "user:read").raw();
		Answer exchanged = this.apps.own(this.owner)
			.token("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange", "subject_token", raw,
					"subject_token_type", "urn:ietf:params:oauth:token-type:access_token");
		assertThat(exchanged.status()).as(exchanged.body()).isEqualTo(200);
		assertThat(exchanged.<String>json("scope")).isEqualTo("user:read");
	}

	/** The token may have it still, from before. */
	@Test
	void noJwtHasAScopeThatIsRetired() {
		String exchange = "urn:ietf:params:oauth:grant-type:token-exchange";
		String raw = made("", this.parcels + ":*").raw();
		String maker = this.people.raw(this.people.superuser(), "*", this.parcels + ":read");
		Answer client = this.http.post("/api/clients", maker, """
				{"name":"x","grant_types":["%s"],"scopes":["%s:read"]}""".formatted(exchange, this.parcels));
		assertThat(client.status()).as(client.body()).isEqualTo(201);
		String form = "grant_type=%s&subject_token_type=urn:ietf:params:oauth:token-type:access_token&subject_token=%s"
			.formatted(exchange, raw);
		assertThat(send("/oauth2/token", basic(client), form).<String>json("scope")).isEqualTo(this.parcels + ":read");
		assertThat(this.http.put("/api/resources/" + this.parcels, this.admin, """
				{"address":"https://%1$s.example","scopes":[\
				{"name":"%1$s:read","description":"d","role":"USER","retired_at":"2999-01-01T00:00:00Z"},\
				{"name":"%1$s:send","description":"d","role":"ADMIN"}]}""".formatted(this.parcels)).status())
			.isEqualTo(200);
		Answer refused = send("/oauth2/token", basic(client), form);
		assertThat(refused.status()).as(refused.body()).isEqualTo(400);
		assertThat(refused.<String>json("error")).isEqualTo("invalid_scope");
	}

	@Test
	void noJwtIsForAServiceThatItsTokenIsNotFor() {
		String exchange = "urn:ietf:params:oauth:grant-type:token-exchange";
		String address = "https://%s.example".formatted(this.parcels);
		Answer client = this.http.post("/api/clients", this.admin, """
				{"name":"x","grant_types":["%s"],"scopes":["user:read"],"audiences":["%s"]}""".formatted(exchange,
				address));
		assertThat(client.status()).as(client.body()).isEqualTo(201);
		String form = "grant_type=%s&audience=%s&subject_token_type=urn:ietf:params:oauth:token-type:access_token&subject_token="
			.formatted(exchange, address);
		Answer refused = send("/oauth2/token", basic(client), form + made("", "user:read").raw());
		assertThat(refused.status()).isEqualTo(400);
		assertThat(refused.<String>json("error")).isEqualTo("invalid_target");
		String bound = made(",\"resources\":[\"latchkey\",\"%s\"]".formatted(this.parcels), "user:read").raw();
		assertThat(send("/oauth2/token", basic(client), form + bound).status()).isEqualTo(200);
	}

	private static String basic(Answer client) {
		return client.<String>json("client_id") + ":" + client.<String>json("client_secret");
	}

	private Answer introspect(Answer client, String raw) {
		return send("/oauth2/introspect", basic(client), "token=" + raw);
	}

	private Answer send(String path, String client, String form) {
		String basic = Base64.getEncoder().encodeToString(client.getBytes(StandardCharsets.UTF_8));
		return this.http.sendForm(path, form, Map.of("Authorization", List.of("Basic " + basic)));
	}

	private String put(String kind) {
		String name = kind + "-" + UUID.randomUUID().toString().substring(0, 8);
		Answer answer = this.http.put("/api/resources/" + name, this.admin,
				"""
						{"address":"https://%1$s.example","scopes":[\
						{"name":"%1$s:read","description":"d","role":"USER"},{"name":"%1$s:send","description":"d","role":"ADMIN"}]}\
						"""
					.formatted(name));
		assertThat(answer.status()).as(answer.body()).isEqualTo(201);
		return name;
	}

	private Made made(String fields, String... scopes) {
		Answer answer = make(fields, scopes);
		assertThat(answer.status()).as(answer.body()).isEqualTo(201);
		return new Made(answer.json("token"), answer.json("resources"));
	}

	/**
	 * As a person who has signed in: a token with the star has no other service's scope.
	 */
	private Answer make(String fields, String... scopes) {
		String names = Arrays.stream(scopes).map((scope) -> "\"" + scope + "\"").collect(Collectors.joining(","));
		return this.http.send("POST", "/api/tokens", "{\"name\":\"x\",\"scopes\":[%s]%s}".formatted(names, fields),
				Map.of("Cookie", List.of("latchkey_session=" + this.visitor.session()), "X-CSRF-TOKEN",
						List.of(this.visitor.csrf())));
	}

	private record Made(String raw, List<String> resources) {

	}

}
