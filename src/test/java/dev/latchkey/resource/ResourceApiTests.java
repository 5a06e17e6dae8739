package dev.latchkey.resource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

import dev.latchkey.caller.User;
import dev.latchkey.scope.Role;
import dev.latchkey.testing.Http;
import dev.latchkey.testing.Http.Answer;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import dev.latchkey.token.IssuedToken;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Contract 5.6a: the services behind this server, by the API.
 */
@LatchkeyTest
class ResourceApiTests {

	private static final String NO_SCOPES = "{\"address\":\"https://%s.example.com\",\"scopes\":[]}";

	@Autowired
	private Http http;

	@Autowired
	private People people;

	@Autowired
	private JdbcTemplate jdbc;

	private final String name = "r" + UUID.randomUUID();

	private final String path = "/api/resources/" + this.name;

	private User admin;

	private String token;

	@BeforeEach
	void makeAdmin() {
		this.admin = this.people.admin();
		this.token = this.people.raw(this.admin, "resources:read", "resources:write");
	}

	@AfterEach
	void forget() {
		this.jdbc.update("delete from protected_resource");
	}

	@Test
	void aResourceIsMadeOnceAndIsAsItWasPut() {
		String body = body(scope("read", "USER"), scope("send", "ADMIN"));
		Answer made = this.http.put(this.path, this.token, body);
		assertThat(made.status()).isEqualTo(201);
		assertThat(made.header("Location")).isEqualTo(this.path);
		assertThat(made.<String>json("name")).isEqualTo(this.name);
		assertThat(made.<String>json("address")).isEqualTo("https://%s.example.com".formatted(this.name));
		assertThat(made.<List<String>>json("scopes[*].name")).containsExactly(named("read"), named("send"));
		assertThat(made.<List<String>>json("scopes[*].role")).containsExactly("USER", "ADMIN");
		assertThat(made.<Object>json("scopes[0].retired_at")).isNull();
		assertThat(made.<Boolean>json("managed_by_settings")).isFalse();
		assertThat(this.http.put(this.path, this.token, body).status()).isEqualTo(200);
		assertThat(this.http.get(this.path, this.token).body()).isEqualTo(made.body());
		assertThat(this.http.get("/api/resources?size=100", this.token).<List<String>>json("items[*].name"))
			.contains(this.name);
		assertThat(events()).containsExactly("resource.created");
		assertThat(this.http.delete(this.path, this.token).status()).isEqualTo(204);
		assertThat(this.http.delete(this.path, this.token).code()).isEqualTo("not_found");
		assertThat(this.http.get(this.path, this.token).status()).isEqualTo(404);
		assertThat(events()).containsExactlyInAnyOrder("resource.created", "resource.removed");
	}

	@Test
	void theCatalogueHasItsScopesAtOnceAndNamesTheirResource() {
		put(scope("read", "USER"), scope("send", "ADMIN"));
		Answer catalogue = this.http.get("/api/scopes");
		assertThat(catalogue.<List<Object>>json("items[?(@.name == '%s')].resource".formatted(named("read"))))
			.containsExactly(this.name);
		assertThat(catalogue.<List<List<String>>>json("items[?(@.name == '%s')].roles".formatted(named("send"))).get(0))
			.containsExactly("ADMIN", "SUPERUSER");
		assertThat(catalogue.<List<Object>>json("items[?(@.name == 'user:read')].resource"))
			.containsExactly((Object) null);
		put(scope("read", "USER"));
		assertThat(this.http.get("/api/scopes").body()).doesNotContain(named("send"));
		assertThat(this.http.get("/.well-known/oauth-authorization-server").<List<String>>json("scopes_supported"))
			.contains(named("read"), "resources:read");
	}

	@Test
	void aTokenGetsAScopeThatThereIsAndNoOther() {
		User user = this.people.user();
		String maker = this.people.raw(user, "tokens:write", "user:read");
		assertThat(make(this.people.raw(user, "*"), named("read")).<String>json("errors[0].field")).isEqualTo("scopes");
		put(scope("read", "USER"));
		assertThat(make(maker, named("read")).status()).isEqualTo(422);
		assertThat(make(this.people.raw(user, "*"), named("read")).status()).isEqualTo(422);
		assertThat(make(this.people.raw(user, "tokens:write", named("*")), named("read")).status()).isEqualTo(201);
	}

	@Test
	void aRetiredScopeIsGivenToNobody() {
		put(scope("read", "USER"), scope("old", "USER", "2999-01-01T00:00:00Z"));
		String maker = this.people.raw(this.people.user(), "tokens:write", named("*"));
		assertThat(make(maker, named("read")).status()).isEqualTo(201);
		assertThat(make(maker, named("old")).status()).isEqualTo(422);
		assertThat(this.http.get("/api/scopes").body()).doesNotContain(named("old"));
		assertThat(this.http.get(this.path, this.token).<String>json("scopes[1].retired_at"))
			.isEqualTo("2999-01-01T00:00:00Z");
	}

	@Test
	void aRotationLeavesBehindWhatIsRetired() {
		put(scope("read", "USER"), scope("old", "USER"));
		User user = this.people.user();
		String both = this.people.raw(user, named("read"), named("old"), "tokens:rotate");
		String wild = this.people.raw(user, named("*"), "tokens:rotate");
		IssuedToken old = this.people.token(user, named("old"));
		String maker = this.people.raw(user, "tokens:write", named("*"));
		put(scope("read", "USER"), scope("old", "USER", "2999-01-01T00:00:00Z"));
		assertThat(this.http.post("/api/tokens/current/rotate", both, null).<List<String>>json("scopes"))
			.containsExactly(named("read"), "tokens:rotate");
		assertThat(this.http.post("/api/tokens/current/rotate", wild, null).<List<String>>json("scopes"))
			.containsExactly(named("read"), "tokens:rotate");
		Answer nothingLeft = this.http.post("/api/tokens/%s/rotate".formatted(old.details().id()), maker, null);
		assertThat(nothingLeft.status()).isEqualTo(422);
		assertThat(nothingLeft.<List<String>>json("errors[*].field")).containsExactly("scopes");
		assertThat(this.http.get("/api/tokens/current", old.raw().reveal()).status()).isEqualTo(200);
	}

	/** What is written out is compared with what is written out. */
	@Test
	void aTokenThatHasRotatedItselfGoesOnMakingAndRotatingWhatItCould() {
		put(scope("read", "USER"), scope("old", "USER"));
		User user = this.people.user();
		String robot = this.people.raw(user, named("*"), "tokens:rotate", "tokens:write");
		IssuedToken other = this.people.token(user, named("*"));
		put(scope("read", "USER"), scope("old", "USER", "2999-01-01T00:00:00Z"));
		String next = this.http.post("/api/tokens/current/rotate", robot, null).json("token");
		Answer made = make(next, named("*"));
		assertThat(made.status()).as(made.body()).isEqualTo(201);
		assertThat(made.<List<String>>json("scopes")).containsExactly(named("read"));
		Answer rotated = this.http.post("/api/tokens/%s/rotate".formatted(other.details().id()), next, null);
		assertThat(rotated.status()).as(rotated.body()).isEqualTo(201);
	}

	@Test
	void aTokenWithMoreScopesThanOneCanNameIsNarrowedAllTheSame() {
		String[] scopes = new String[120];
		Arrays.setAll(scopes, (i) -> scope("s" + i, "USER"));
		put(scopes);
		scopes[0] = scope("s0", "USER", "2999-01-01T00:00:00Z");
		put(scopes);
		User user = this.people.user();
		IssuedToken wide = this.people.token(user, named("*"));
		List<String> held = new ArrayList<>(
				this.http.get("/api/tokens/current", wide.raw().reveal()).<List<String>>json("scopes"));
		assertThat(held).hasSize(119);
		held.remove(0);
		Answer narrowed = this.http.patch("/api/tokens/%s".formatted(wide.details().id()),
				this.people.raw(user, "tokens:write"), "{\"scopes\":[\"%s\"]}".formatted(String.join("\",\"", held)));
		assertThat(narrowed.status()).as(narrowed.body()).isEqualTo(200);
		assertThat(narrowed.<List<String>>json("scopes")).hasSize(118);
	}

	@Test
	void whoNarrowsATokenMayLeaveItWhatIsRetired() {
		put(scope("read", "USER"), scope("old", "USER"));
		User user = this.people.user();
		IssuedToken held = this.people.token(user, named("read"), named("old"));
		IssuedToken wild = this.people.token(user, named("*"));
		put(scope("read", "USER"), scope("old", "USER", "2999-01-01T00:00:00Z"));
		String maker = this.people.raw(user, "tokens:write");
		String wish = "{\"scopes\":[\"%s\"]}".formatted(named("old"));
		Answer narrowed = this.http.patch("/api/tokens/" + held.details().id(), maker, wish);
		assertThat(narrowed.status()).as(narrowed.body()).isEqualTo(200);
		assertThat(narrowed.<List<String>>json("scopes")).containsExactly(named("old"));
		assertThat(this.http.patch("/api/tokens/" + wild.details().id(), maker, wish).status()).isEqualTo(422);
	}

	@ParameterizedTest
	@ValueSource(strings = { "read", "*" })
	void aScopeThatALivingTokenHoldsIsRetiredNotRemoved(String held) {
		put(scope("read", "USER"), scope("send", "USER"));
		IssuedToken holder = this.people.token(this.people.user(), named(held));
		// As of a token that was imported: its life began later than its last use.
		this.jdbc.update("update api_token set last_used_at = '2015-01-01T00:00:00Z' where id = ?",
				holder.details().id());
		Answer refused = this.http.put(this.path, this.token, body(scope("send", "USER")));
		assertThat(refused.status()).isEqualTo(409);
		assertThat(refused.code()).isEqualTo("in_use");
		assertThat(this.http.delete(this.path, this.token).code()).isEqualTo("in_use");
		assertThat(this.http
			.put(this.path, this.token, body(scope("read", "USER", "2026-01-01T00:00:00+01:00"), scope("send", "USER")))
			.<String>json("scopes[0].retired_at")).isEqualTo("2025-12-31T23:00:00Z");
		this.http.post("/api/tokens/revoke", "{\"tokens\":[\"%s\"]}".formatted(holder.raw().reveal()));
		assertThat(put(scope("send", "USER")).status()).isEqualTo(200);
		assertThat(this.http.delete(this.path, this.token).status()).isEqualTo(204);
	}

	@Test
	void aFirstPartAndAnAddressBelongToOneResource() {
		put(scope("read", "USER"));
		String other = "/api/resources/other" + this.name.substring(0, 20);
		Answer part = this.http.put(other, this.token,
				"{\"address\":\"https://o.example.com\",\"scopes\":[%s]}".formatted(scope("write", "USER")));
		assertThat(part.status()).isEqualTo(409);
		assertThat(part.code()).isEqualTo("in_use");
		Answer address = this.http.put(other, this.token, NO_SCOPES.formatted(this.name));
		assertThat(address.status()).isEqualTo(409);
		assertThat(address.code()).isEqualTo("in_use");
		assertThat(this.http.get(other, this.token).status()).isEqualTo(404);
	}

	@ParameterizedTest
	@ValueSource(strings = { "tokens:burn", "users", "orders:read", "resources:x" })
	void whatThisServersScopesBeginWithIsItsOwn(String scope) {
		Answer answer = this.http.put(this.path, this.token, """
				{"address":"https://x.example.com","scopes":[{"name":"%s","description":"x","role":"USER"}]}"""
			.formatted(scope));
		assertThat(answer.status()).isEqualTo(422);
		assertThat(answer.<String>json("errors[0].field")).isEqualTo("scopes[0].name");
	}

	@ParameterizedTest
	@ValueSource(strings = { "latchkey", "A", "a", "Parcels", "1st", "-x", "a_b", "a.b" })
	void theseAreNoNames(String other) {
		Answer answer = this.http.put("/api/resources/" + other, this.token, NO_SCOPES.formatted("x"));
		assertThat(answer.status()).isEqualTo(422);
		assertThat(answer.<String>json("errors[0].field")).isEqualTo("name");
		assertThat(this.http.get("/api/resources/" + other, this.token).status()).isEqualTo(404);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "parcels", "/parcels", "https://p.example.com/#x", "https://u@p.example.com",
			"https:///x", "https://p.example.com/a b", "https://p.example.com/\\u00e9", "https://p.example.com:65536",
			"javascript:alert(1)", "JavaScript://p.example.com/%0aalert(1)", "data:text/html,x",
			"mailto:x@example.com" })
	void theseAreNoAddresses(String address) {
		Answer answer = this.http.put(this.path, this.token, "{\"address\":\"%s\",\"scopes\":[]}".formatted(address));
		assertThat(answer.status()).isEqualTo(422);
		assertThat(answer.<List<String>>json("errors[*].field")).containsExactly("address");
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://%s.example.com:8443/v1/", "http://[::1]:8080/%s", "api://%s", "urn:example:%s",
			"tag:example.com,2026:%s" })
	void theseAreAddresses(String form) {
		String address = form.formatted(this.name);
		Answer answer = this.http.put(this.path, this.token, "{\"address\":\"%s\",\"scopes\":[]}".formatted(address));
		assertThat(answer.status()).as(answer.body()).isEqualTo(201);
		assertThat(answer.<String>json("address")).isEqualTo(address);
	}

	@Test
	void everyFaultIsSaidAtOnce() {
		Answer answer = this.http.put(this.path, this.token,
				"""
						{"scopes":[{"name":"*","description":"x"},{"name":"a:b"},{"name":"c:d","description":"x","role":"GUEST"},\
						{"name":"e:f","description":"x"},{"name":"e:f","description":"x"}]}""");
		assertThat(answer.status()).as(answer.body()).isEqualTo(422);
		assertThat(answer.<List<String>>json("errors[*].field")).containsExactlyInAnyOrder("address", "scopes[0].name",
				"scopes[1].description", "scopes[2].role", "scopes[4].name");
		assertThat(this.http.put(this.path, this.token, "{\"address\":\"https://x.example.com\"}")
			.<List<String>>json("errors[*].field")).containsExactly("scopes");
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"address\":1,\"scopes\":[]}x", "{\"name\":\"x\"}", "{\"scopes\":{}}",
			"{\"scopes\":[null]}", "{\"scopes\":[{\"retired_at\":\"soon\"}]}", "{\"scopes\":[{\"x\":1}]}", "" })
	void whatCannotBeReadIsMalformed(String body) {
		Answer answer = this.http.put(this.path, this.token, body);
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.code()).isEqualTo("malformed_request");
	}

	@ParameterizedTest
	@CsvSource({ "USER,resources:read,GET,403,forbidden", "ADMIN,user:read,GET,403,insufficient_scope",
			"ADMIN,resources:read,PUT,403,insufficient_scope", "ADMIN,resources:read,DELETE,403,insufficient_scope",
			"USER,resources:write,PUT,403,forbidden", "ADMIN,resources:write,GET,403,insufficient_scope" })
	void administratorsAloneSeeAndChangeThem(Role role, String scope, String method, int status, String code) {
		String other = this.people.raw(this.people.with(role), scope);
		Answer answer = this.http.send(method, this.path, method.equals("PUT") ? body(scope("a", "USER")) : null,
				Http.bearer(other));
		assertThat(answer.status()).isEqualTo(status);
		assertThat(answer.code()).isEqualTo(code);
		assertThat(this.http.get("/api/resources").status()).isEqualTo(401);
	}

	@Test
	void whatIsForSuperusersIsChangedByOne() {
		put(scope("read", "SUPERUSER"));
		assertThat(put(scope("read", "USER")).code()).isEqualTo("forbidden");
		assertThat(put(scope("read", "SUPERUSER"), scope("write", "USER")).status()).isEqualTo(200);
		assertThat(this.http.delete(this.path, this.token).status()).isEqualTo(403);
		String superuser = this.people.raw(this.people.superuser(), "resources:write");
		assertThat(this.http.put(this.path, superuser, body(scope("read", "USER"))).status()).isEqualTo(200);
	}

	@Test
	void whatTheSettingsDeclareIsChangedThere() {
		put(scope("read", "USER"));
		this.jdbc.update("update protected_resource set managed_by_settings = true where name = ?", this.name);
		Awaitility.await()
			.atMost(Duration.ofSeconds(10))
			.until(() -> this.http.get(this.path, this.token).<Boolean>json("managed_by_settings"));
		for (Answer answer : List.of(this.http.put(this.path, this.token, body(scope("read", "USER"))),
				this.http.delete(this.path, this.token))) {
			assertThat(answer.status()).isEqualTo(409);
			assertThat(answer.code()).isEqualTo("managed_by_settings");
		}
	}

	@Test
	void theAuditSaysWhatWasAndIs() {
		put(scope("read", "USER"));
		put(scope("read", "ADMIN", "2999-01-01T00:00:00Z"));
		Answer audit = this.http.get("/api/audit-events?action=resource.changed&size=100",
				this.people.raw(this.admin, "audit:read"));
		assertThat(audit.<List<String>>json("items[?(@.detail == '%s')].changes[*].field".formatted(this.name)))
			.containsExactlyInAnyOrder("scopes.%s.role".formatted(named("read")),
					"scopes.%s.retired_at".formatted(named("read")));
		assertThat(audit.<List<String>>json("items[?(@.detail == '%s')].changes[*].after".formatted(this.name)))
			.containsExactlyInAnyOrder("ADMIN", "2999-01-01T00:00:00Z");
	}

	private Answer put(String... scopes) {
		return this.http.put(this.path, this.token, body(scopes));
	}

	private String body(String... scopes) {
		return "{\"address\":\"https://%s.example.com\",\"scopes\":[%s]}".formatted(this.name,
				String.join(",", scopes));
	}

	private String named(String last) {
		return this.name + ":" + last;
	}

	private String scope(String last, String role) {
		return "{\"name\":\"%s\",\"description\":\"Do it\",\"role\":\"%s\"}".formatted(named(last), role);
	}

	private String scope(String last, String role, String retiredAt) {
		return "{\"name\":\"%s\",\"description\":\"Do it\",\"role\":\"%s\",\"retired_at\":\"%s\"}"
			.formatted(named(last), role, retiredAt);
	}

	private Answer make(String with, String scope) {
		return this.http.post("/api/tokens", with, "{\"name\":\"t\",\"scopes\":[\"%s\"]}".formatted(scope));
	}

	private List<String> events() {
		return this.jdbc.queryForList("select action from audit_event where detail = ? order by at, id", String.class,
				this.name);
	}

}
