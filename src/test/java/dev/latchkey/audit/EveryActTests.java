package dev.latchkey.audit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;

import dev.latchkey.caller.User;
import dev.latchkey.client.ClientRegistrations;
import dev.latchkey.client.ClientSecret;
import dev.latchkey.scope.RightGiving;
import dev.latchkey.scope.Role;
import dev.latchkey.testing.Http;
import dev.latchkey.testing.Http.Answer;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import dev.latchkey.testing.Routes;
import dev.latchkey.testing.Routes.Route;
import dev.latchkey.testing.SecretScanner;
import dev.latchkey.testing.TestClock;
import dev.latchkey.testing.Visitor;
import dev.latchkey.token.IssuedToken;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every route and form that changes something is done once: it leaves the rows that it
 * should and no others, with who did it, with what and from where. Done again where that
 * changes nothing, it leaves none. A route that nobody has decided about fails.
 */
@LatchkeyTest
class EveryActTests {

	private static final String TOKEN = "{\"name\":\"made\",\"scopes\":[\"user:read\"]}";

	private static final String VERIFIER = "a-verifier-that-is-long-enough-to-be-one-of-rfc-7636";

	@Autowired
	private ObjectProvider<RequestMappingHandlerMapping> mappings;

	@Autowired
	private Http http;

	@Autowired
	private Routes routes;

	@Autowired
	private People people;

	@Autowired
	private ClientRegistrations registrations;

	@Autowired
	private RefusalAggregator refusals;

	@Autowired
	private TestClock clock;

	@Autowired
	private JdbcTemplate jdbc;

	private final Map<String, Act> acts = new TreeMap<>();

	private final List<String> secrets = new ArrayList<>();

	private User admin;

	private IssuedToken key;

	private String raw;

	private Visitor page;

	@BeforeEach
	void signIn() {
		this.admin = this.people.superuser();
		this.key = this.people.token(this.admin, "*");
		this.raw = keep(this.key.raw().reveal());
		this.page = visitor();
		this.secrets.add(People.PASSWORD);
	}

	@Test
	void everyActLeavesItsRowsAndSaysWithWhatItWasDone() {
		tokens();
		accounts();
		imports();
		clients();
		resources();
		resourcesOnPages();
		pages();
		flows();
		Set<String> routes = changing();
		routes.addAll(List.of("POST /oauth2/token code", "POST /oauth2/token refresh", "POST /oauth2/token client",
				"POST /oauth2/token exchange", "POST /oauth2/revoke", "POST /oauth2/authorize", "POST /login",
				"POST /logout"));
		routes.remove("POST /login/failed");
		// How pages read is no act.
		routes.remove("POST /language");
		assertThat(this.acts.keySet()).isEqualTo(routes);
		this.acts.forEach((route, act) -> {
			Runnable prepared = act.how().get();
			List<Map<String, Object>> rows = rowsOf(prepared);
			assertThat(rows).as(route)
				.extracting((row) -> row.get("action"))
				.containsExactlyInAnyOrderElementsOf(act.actions());
			assertThat(rows).as(route).allSatisfy((row) -> {
				assertThat(row.get("ip")).isEqualTo("127.0.0.1");
				assertThat(row.get("credential_kind")).isEqualTo(act.kind());
				if (act.kind() != null && !route.equals("POST /oauth2/revoke")) {
					assertThat(row.get("actor")).isNotNull();
				}
			});
		});
		assertThatNoSecretIsKept();
	}

	@Test
	void whatChangesNothingLeavesNoRow() {
		User user = this.people.user();
		IssuedToken own = this.people.token(this.admin, "user:read");
		IssuedToken others = this.people.token(user, "user:read");
		String client = register("client_credentials").json("id");
		String path = "/api/tokens/" + own.details().id();
		List<Runnable> again = List.of(() -> this.http.patch(path, this.raw, "{\"name\":\"%s\"}".formatted("same")),
				() -> this.http.delete(path, this.raw),
				() -> this.http.post("/api/tokens/revoke-by-hash", this.raw,
						"{\"token_hash\":\"%s\"}".formatted(hash(own.raw().reveal()))),
				() -> this.http.post("/api/tokens/revoke", "{\"tokens\":[\"%s\"]}".formatted(own.raw().reveal())),
				() -> this.http.patch("/api/users/" + user.id(), this.raw,
						"{\"name\":\"Same\",\"roles\":[\"USER\"],\"enabled\":false}"),
				() -> this.http.delete("/api/users/" + user.id() + "/tokens", this.raw),
				() -> this.http.delete("/api/users/%s/tokens/%s".formatted(user.id(), others.details().id()), this.raw),
				() -> this.http.delete("/api/clients/" + client, this.raw),
				() -> this.page.post("/account", "name", "Same name"),
				() -> this.page.post("/tokens/applications/" + client + "/withdraw"),
				() -> this.page.post("/tokens/" + own.details().id() + "/revoke"),
				() -> visitorWithoutSession().post("/logout"));
		again.forEach(Runnable::run);
		for (int i = 0; i < again.size(); i++) {
			assertThat(rowsOf(again.get(i))).as("act %d, again", i).isEmpty();
		}
	}

	@Test
	void refusalsOfRightsAreToldWhereverTheyArise() {
		User user = this.people.user();
		IssuedToken poor = this.people.token(user, "user:read");
		String token = poor.raw().reveal();
		Visitor session = new Visitor(this.http.base());
		session.signIn(user.email(), People.PASSWORD);
		session.get("/account");
		String asked = keep(this.people.raw(user, "user:read"));
		Map<String, Runnable> refused = Map.of("GET /api/tokens, lacks tokens:read",
				() -> this.http.get("/api/tokens", token), "GET /api/users", () -> this.http.get("/api/users", token),
				"GET /forward-auth, lacks a scope that is none",
				() -> this.http.get("/forward-auth?scope=" + asked, token), "GET /admin/my-account",
				() -> this.http.get("/admin/my-account", token), "POST /oauth2/introspect, lacks tokens:introspect",
				() -> form("/oauth2/introspect", "Bearer " + token, "token=x"), "GET /audit",
				() -> session.get("/audit"), "POST before any route", () -> this.http.send("POST", "/api/tokens", TOKEN,
						Map.of("Cookie", List.of("latchkey_session=" + session.session()))));
		refused.forEach((detail, act) -> {
			List<Map<String, Object>> rows = awaitRowsOf(act);
			assertThat(rows).as(detail).extracting((row) -> row.get("action")).containsExactly("right.refused");
			assertThat(rows.get(0)).as(detail).containsEntry("detail", detail).containsEntry("actor_id", user.id());
			assertThat(rows.get(0).get("credential_id")).as(detail).isNotNull();
		});
		assertThatNoSecretIsKept();
	}

	/** A page leads to the sign-in instead, which refuses nobody. */
	@Test
	void whoHasToSignInAgainByTheApiIsTold() {
		this.clock.advance(Duration.ofHours(1));
		List<Map<String, Object>> rows = awaitRowsOf(() -> this.http.send("POST", "/api/tokens", TOKEN, Map.of("Cookie",
				List.of("latchkey_session=" + this.page.session()), "X-CSRF-TOKEN", List.of(this.page.csrf()))));
		assertThat(rows).extracting((row) -> row.get("action")).containsExactly("right.refused");
		assertThat(rows.get(0)).containsEntry("detail", "POST /api/tokens")
			.containsEntry("actor_id", this.admin.id())
			.containsEntry("credential_kind", "session");
	}

	@Test
	void everyRouteThatRefusesAnotherOriginTellsOfIt() {
		this.refusals.flushAll();
		long before = this.jdbc.queryForObject("select coalesce(max(id), 0) from audit_event", Long.class);
		String origin = keep("https://elsewhere-%s.example".formatted(UUID.randomUUID()));
		long refused = 0;
		for (Route route : this.routes.all()) {
			for (Map<String, List<String>> headers : List.of(Map.of("Origin", List.of(origin)),
					Map.of("Origin", List.of(origin), "Access-Control-Request-Method", List.of(route.method())))) {
				String method = headers.containsKey("Access-Control-Request-Method") ? "OPTIONS" : route.method();
				int status = this.http.send(method, route.path(), null, headers).status();
				refused += (status == 403) ? 1 : 0;
			}
		}
		assertThat(refused).isGreaterThan(100);
		long expected = refused;
		Awaitility.await()
			.untilAsserted(() -> assertThat(rowsSince(before).stream()
				.filter((row) -> row.get("action").equals("right.refused"))
				.mapToLong((row) -> (int) row.get("count"))
				.sum()).isEqualTo(expected));
		assertThat(rowsSince(before)).allSatisfy((row) -> assertThat(row.get("ip")).isEqualTo("127.0.0.1"))
			.hasSizeLessThan(30);
		assertThatNoSecretIsKept();
	}

	@Test
	void wrongSecretsOfClientsAreToldAtEveryDoor() {
		Answer client = register("authorization_code");
		String id = client.json("client_id");
		String basic = basic(id, "wrong");
		String json = "{\"grant_type\":\"%s\",\"client_id\":\"" + id + "\",\"client_secret\":\"wrong\","
				+ "\"scope\":\"api\",\"username\":\"x\",\"password\":\"y\",\"refresh_token\":\"z\"}";
		List<Runnable> doors = List.of(() -> form("/oauth2/token", basic, "grant_type=client_credentials"),
				() -> form("/oauth2/introspect", basic, "token=x"), () -> form("/oauth2/revoke", basic, "token=x"),
				() -> this.http.post("/security/generate-token", json.formatted("password")),
				() -> this.http.post("/security/refresh-token", json.formatted("refresh_token")));
		for (Runnable door : doors) {
			List<Map<String, Object>> rows = rowsOf(door);
			assertThat(rows).extracting((row) -> row.get("action")).containsExactly("client.refused");
			assertThat(rows.get(0)).containsEntry("detail", id);
		}
	}

	@Test
	void everyWayNotToBeAClientIsToldAtEveryDoorAndHoldsNothingThatWasSaid() {
		Answer client = register("authorization_code");
		String id = client.json("client_id");
		String secret = client.json("client_secret");
		String open = this.http
			.post("/api/clients", this.raw,
					"{\"name\":\"x\",\"grant_types\":[\"authorization_code\"],\"scopes\":[\"user:read\"],"
							+ "\"confidential\":false,\"redirect_uris\":[\"https://a.example/back\"]}")
			.json("client_id");
		String said = keep("said-" + UUID.randomUUID());
		List<String> good = List.of(basicOf(client));
		List<Map.Entry<List<String>, String>> ways = List.of(Map.entry(List.of(), ""),
				Map.entry(List.of(), "&client_id="), Map.entry(List.of(), "&client_id=" + said),
				Map.entry(List.of(), "&client_id=%20" + said + "%0A"),
				Map.entry(List.of(), "&client_id=" + said + "&client_id=" + id),
				Map.entry(List.of(), "&client_id=" + id),
				Map.entry(List.of(), "&client_id=" + id + "&client_secret=" + said),
				Map.entry(List.of(), "&client_id=" + id + "&client_secret=" + secret + "&client_secret=" + said),
				Map.entry(List.of(), "&client_id=" + open + "&client_secret=" + said), Map.entry(List.of("Basic"), ""),
				Map.entry(List.of("Basic " + said), ""), Map.entry(List.of("Basic " + base64(said)), ""),
				Map.entry(List.of("Digest " + said), ""), Map.entry(List.of(said), ""),
				Map.entry(List.of(basic(said, said)), ""), Map.entry(List.of(basic("%zz" + said, said)), ""),
				Map.entry(List.of(basic(id, said)), ""), Map.entry(List.of(basic(id, "")), ""),
				Map.entry(List.of(basic(open, said)), ""), Map.entry(good, "&client_secret=" + secret),
				Map.entry(good, "&client_id=" + said), Map.entry(List.of(basicOf(client), basic(said, said)), ""));
		for (String path : List.of("/oauth2/token", "/oauth2/introspect", "/oauth2/revoke")) {
			for (Map.Entry<List<String>, String> way : ways) {
				assertThatAClientIsRefused(path, way.getKey(), way.getValue());
			}
		}
		assertThatAClientIsRefused("/oauth2/introspect", List.of(), "&client_id=" + open);
		assertThatNoSecretIsKept();
	}

	private void assertThatAClientIsRefused(String path, List<String> authorization, String form) {
		String way = path + " " + authorization + " " + form;
		List<Map<String, Object>> rows = rowsOf(() -> {
			Answer answer = this.http.sendForm(path, "grant_type=authorization_code&code=x&token=x" + form,
					Map.of("Authorization", authorization));
			assertThat(answer.status()).as(way).isIn(400, 401);
			assertThat(answer.<String>json("error")).as(way).isIn("invalid_client", "invalid_request");
		});
		assertThat(rows).as(way).extracting((row) -> row.get("action")).containsExactly("client.refused");
		assertThat(rows.get(0).get("detail").toString()).as(way).isNotBlank().hasSizeLessThanOrEqualTo(100);
		assertThat(rows.get(0)).as(way).containsEntry("ip", "127.0.0.1").containsEntry("credential_kind", null);
	}

	@Test
	void whoSignsInByAClientThatDoesNotServeHimIsTold() {
		this.registrations.registerOwn("for-admins", new ClientSecret(keep("admins-secret")), Role.ADMIN,
				this.admin.id());
		User user = this.people.user();
		List<Map<String, Object>> rows = rowsOf(
				() -> assertThat(this.http
					.post("/security/generate-token",
							"""
									{"grant_type":"password","client_id":"for-admins","client_secret":"admins-secret","scope":"api",\
									"username":"%s","password":"%s"}"""
								.formatted(user.email(), People.PASSWORD))
					.status()).isEqualTo(400));
		assertThat(rows).extracting((row) -> row.get("action")).containsExactly("login.failed");
		assertThat(rows.get(0)).containsEntry("owner_id", user.id())
			.containsEntry("detail", user.email() + ": not served by this client")
			.containsEntry("credential_kind", "client");
		assertThatNoSecretIsKept();
	}

	@Test
	void whoAsksAboutATokenIsNamedInWhatThatCaused() {
		Answer client = register("client_credentials");
		IssuedToken dead = this.people.token(this.admin, "user:read");
		this.http.delete("/api/tokens/current", dead.raw().reveal());
		List<Map<String, Object>> rows = rowsOf(
				() -> form("/oauth2/introspect", basic(client.json("client_id"), client.json("client_secret")),
						"client_ip=203.0.113.9&token=" + dead.raw().reveal()));
		assertThat(rows).hasSize(1);
		assertThat(rows.get(0)).containsEntry("action", "token.refused")
			.containsEntry("ip", "203.0.113.9")
			.containsEntry("credential_kind", "client")
			.containsEntry("credential_id", client.<String>json("id"));
	}

	/**
	 * A client without a secret proves nothing, and one with a secret may be anybody's.
	 */
	@Test
	void whoBringsATokenToItsEndIsNotTakenForItsOwner() {
		Answer foreign = register("client_credentials");
		String own = keep(this.people.raw(this.people.user(), "*"));
		assertThatTheClientAloneIsNamed(foreign, () -> form("/oauth2/revoke", basicOf(foreign), "token=" + own),
				"token.revoked");
		Answer one = register("authorization_code");
		String code = agree(one, ask(one));
		redeem(one, code);
		assertThatTheClientAloneIsNamed(one, () -> tryToRedeem(one, code, VERIFIER), "token.revoked",
				"token.reuse_detected", "client.refused");
		Answer other = register("authorization_code");
		String spent = redeem(other, agree(other, ask(other))).json("refresh_token");
		Answer renewed = refresh(other, spent);
		keep(renewed.json("access_token"));
		keep(renewed.json("refresh_token"));
		assertThatTheClientAloneIsNamed(other, () -> refresh(other, spent), "token.revoked", "token.reuse_detected",
				"token.refused");
		assertThatNoSecretIsKept();
	}

	@Test
	void whatCannotBeRedeemedIsTold() {
		Answer client = register("authorization_code");
		Answer stranger = register("authorization_code");
		String code = agree(client, ask(client));
		assertThatItIsTold(() -> tryToRedeem(client, code, VERIFIER + "x"), "client.refused", this.admin,
				client.json("client_id") + ": wrong code_verifier");
		assertThatItIsTold(() -> tryToRedeem(stranger, code, VERIFIER), "client.refused", this.admin,
				stranger.json("client_id") + ": code of another client");
		assertThatItIsTold(() -> tryToRedeem(stranger, keep("no-such-code-at-all"), VERIFIER), "client.refused", null,
				stranger.json("client_id") + ": unknown code");
		String living = redeem(client, code).json("refresh_token");
		assertThatItIsTold(() -> refresh(stranger, living), "token.refused", this.admin, "wrong_client");
		assertThatItIsTold(() -> refresh(client, keep("no-token-at-all")), "token.refused", null, "malformed");
		assertThatItIsTold(() -> form("/oauth2/introspect", basicOf(client), "token=" + keep("nothing-that-is-one")),
				"token.refused", null, "malformed");
		form("/oauth2/revoke", basicOf(client), "token=" + living);
		assertThatItIsTold(() -> refresh(client, living), "token.refused", this.admin, "revoked");
		String revoked = keep(signInByFrontend().json("refresh_token"));
		form("/oauth2/revoke", basicOf(client), "token=" + revoked);
		for (Map.Entry<String, String> given : Map.of(revoked, "revoked", "no-token-at-all", "malformed").entrySet()) {
			assertThatItIsTold(() -> this.http.post("/security/refresh-token",
					"{\"grant_type\":\"refresh_token\",\"client_id\":\"every-act\",\"client_secret\":\"every-secret\",\"refresh_token\":\"%s\"}"
						.formatted(given.getKey())),
					"token.refused", given.getKey().equals(revoked) ? this.admin : null, given.getValue());
		}
		assertThatNoSecretIsKept();
	}

	/** Whatever is wrong with a request at the token endpoint. */
	@Test
	void aClientThatIsKnownAndRefusedIsToldWhatever() {
		Answer client = register("authorization_code");
		Answer machine = register("client_credentials");
		String code = agree(client, ask(client));
		String exchange = "grant_type=urn:ietf:params:oauth:grant-type:token-exchange";
		String subject = "&subject_token_type=urn:ietf:params:oauth:token-type:access_token&subject_token=";
		Map<String, String> refused = new LinkedHashMap<>();
		String withCode = "grant_type=authorization_code&redirect_uri=https://a.example/back&code=" + code;
		refused.put(withCode, "code_verifier");
		refused.put(withCode + "&code_verifier=" + VERIFIER + "&code_verifier=" + VERIFIER, "code_verifier");
		refused.put(withCode + "&code_verifier=", "code_verifier");
		refused.put(withCode + "&code_verifier=" + VERIFIER + "&code=x", "code");
		refused.put("grant_type=authorization_code", "code");
		refused.put("grant_type=refresh_token", "refresh_token");
		refused.put("", "grant_type");
		refused.put("grant_type=refresh_token&grant_type=refresh_token", "grant_type");
		refused.put("grant_type=password", "unsupported_grant_type");
		refused.put("grant_type=client_credentials", "unauthorized_client");
		refused.put(exchange, "subject_token");
		assertThatEachIsTold(client, refused);
		String living = redeem(client, code).json("refresh_token");
		Map<String, String> refreshes = new LinkedHashMap<>();
		String withToken = "grant_type=refresh_token&refresh_token=" + living;
		refreshes.put(withToken + "&refresh_token=" + living, "refresh_token");
		refreshes.put(withToken + "&scope=no:such", "invalid_scope");
		refreshes.put(withToken + "&scope=users:write", "invalid_scope");
		refreshes.put(withToken + "&scope=user:read&scope=user:read", "scope");
		assertThatEachIsTold(client, refreshes);
		Map<String, String> others = new LinkedHashMap<>();
		others.put(withCode + "&code_verifier=" + VERIFIER, "unauthorized_client");
		others.put("grant_type=client_credentials&scope=users:write", "invalid_scope");
		assertThatEachIsTold(machine, others);
		Answer exchanger = register("urn:ietf:params:oauth:grant-type:token-exchange");
		Map<String, String> exchanges = new LinkedHashMap<>();
		exchanges.put(exchange, "subject_token");
		exchanges.put(exchange + subject + "x", "malformed");
		exchanges.put(exchange + subject + this.raw + "&audience=https://no.example", "invalid_target");
		exchanges.put(exchange + subject + this.raw + "&scope=users:write", "invalid_scope");
		assertThatEachIsTold(exchanger, exchanges);
		assertThatNoSecretIsKept();
	}

	private void assertThatEachIsTold(Answer client, Map<String, String> refused) {
		refused.forEach((form, detail) -> {
			List<Map<String, Object>> rows = rowsOf(
					() -> assertThat(form("/oauth2/token", basicOf(client), form).status()).as(form).isEqualTo(400));
			assertThat(rows).as(form)
				.singleElement()
				.satisfies((row) -> assertThat(row.get("action")).isIn("client.refused", "token.refused"))
				.satisfies((row) -> assertThat(row.get("detail").toString()).contains(detail))
				.satisfies((row) -> assertThat(row).containsEntry("credential_kind", "client")
					.containsEntry("credential_id", client.<String>json("id")));
		});
	}

	@Test
	void consentThatEndsIsToldWithWhatItWas() {
		Answer one = register("authorization_code");
		Answer other = register("authorization_code");
		agree(one, ask(one));
		agree(other, ask(other));
		String by = keep(this.people.raw(this.people.superuser(), "*"));
		for (Runnable end : List.<Runnable>of(
				() -> this.page.post("/tokens/applications/%s/withdraw".formatted(one.<String>json("id"))),
				() -> this.http.patch("/api/users/" + this.admin.id(), by,
						"{\"password\":\"%s\"}".formatted(keep("a battery of other staples"))))) {
			assertThat(rowsOf(end)).filteredOn((row) -> row.get("action").equals("consent.withdrawn"))
				.singleElement()
				.satisfies((row) -> assertThat(row.get("changes").toString()).contains("scopes", "user:read"));
		}
		assertThatNoSecretIsKept();
	}

	@Test
	void whoSendsAFormWithoutItsTokenIsNamed() {
		List<Map<String, Object>> rows = awaitRowsOf(() -> this.http.sendForm("/account", "name=x",
				Map.of("Cookie", List.of("latchkey_session=" + this.page.session()))));
		assertThat(rows).extracting((row) -> row.get("action")).containsExactly("right.refused");
		assertThat(rows.get(0)).containsEntry("actor_id", this.admin.id()).containsEntry("credential_kind", "session");
	}

	private void assertThatTheClientAloneIsNamed(Answer client, Runnable act, String... actions) {
		List<Map<String, Object>> rows = rowsOf(act);
		assertThat(rows).extracting((row) -> row.get("action")).containsOnly((Object[]) actions);
		assertThat(rows).allSatisfy((row) -> assertThat(row).containsEntry("actor_id", null)
			.containsEntry("actor", null)
			.containsEntry("credential_kind", "client")
			.containsEntry("credential_id", client.<String>json("id")));
	}

	private void assertThatItIsTold(Runnable act, String action, User owner, String detail) {
		List<Map<String, Object>> rows = rowsOf(act);
		assertThat(rows).as(detail).extracting((row) -> row.get("action")).containsExactly(action);
		assertThat(rows.get(0)).containsEntry("detail", detail)
			.containsEntry("owner_id", (owner != null) ? owner.id() : null)
			.containsEntry("credential_kind", "client");
	}

	@Test
	void whoReadsTheAuditIsTold() {
		List<Runnable> reads = List.of(() -> this.http.get("/api/audit-events", this.raw),
				() -> this.page.get("/audit"));
		for (Runnable read : reads) {
			assertThat(awaitRowsOf(read)).extracting((row) -> row.get("action")).containsExactly("audit.read");
		}
	}

	@Test
	void aLoginThatLedToNothingIsNone() {
		String login = "{\"email\":\"%s\",\"password\":\"%s\",\"token_name\":\"x\",\"scopes\":[\"no:such\"]}";
		assertThat(rowsOf(() -> this.http.post("/api/login", login.formatted(this.admin.email(), People.PASSWORD))))
			.extracting((row) -> row.get("action"))
			.containsExactly("login.failed");
	}

	private void tokens() {
		byToken("POST /api/tokens", () -> () -> this.http.post("/api/tokens", this.raw, TOKEN), "token.created");
		byToken("PATCH /api/tokens/{id}", () -> {
			String path = "/api/tokens/" + made();
			return () -> this.http.patch(path, this.raw, "{\"name\":\"other\"}");
		}, "token.changed");
		byToken("POST /api/tokens/{id}/rotate", () -> {
			String path = "/api/tokens/" + made() + "/rotate";
			return () -> this.http.post(path, this.raw, null);
		}, "token.rotated", "token.created");
		byToken("POST /api/tokens/{id}/suspend", () -> {
			String path = "/api/tokens/" + made() + "/suspend";
			return () -> this.http.post(path, this.raw, null);
		}, "token.suspended");
		byToken("POST /api/tokens/{id}/resume", () -> {
			String path = "/api/tokens/" + made();
			this.http.post(path + "/suspend", this.raw, null);
			return () -> this.http.post(path + "/resume", this.raw, null);
		}, "token.resumed");
		byToken("DELETE /api/tokens/{id}", () -> {
			String path = "/api/tokens/" + made();
			return () -> this.http.delete(path, this.raw);
		}, "token.revoked");
		byToken("DELETE /api/tokens", () -> {
			User user = this.people.user();
			String own = keep(this.people.raw(user, "*"));
			return () -> this.http.delete("/api/tokens", own);
		}, "token.revoked");
		byToken("DELETE /api/tokens/current", () -> {
			String own = keep(this.people.raw(this.people.user(), "*"));
			return () -> this.http.delete("/api/tokens/current", own);
		}, "token.revoked");
		byToken("POST /api/tokens/current/rotate", () -> {
			String own = keep(this.people.raw(this.people.user(), "*"));
			return () -> this.http.post("/api/tokens/current/rotate", own, null);
		}, "token.rotated", "token.created");
		act("POST /api/tokens/revoke", null, () -> {
			String own = keep(this.people.raw(this.people.user(), "*"));
			return () -> this.http.post("/api/tokens/revoke", "{\"tokens\":[\"%s\"]}".formatted(own));
		}, "token.revoked");
		byToken("POST /api/tokens/revoke-by-hash", () -> {
			String own = keep(this.people.raw(this.people.user(), "*"));
			return () -> this.http.post("/api/tokens/revoke-by-hash", this.raw,
					"{\"token_hash\":\"%s\"}".formatted(hash(own)));
		}, "token.revoked");
		act("POST /secret-scanning/alerts", null, () -> {
			String own = keep(this.people.raw(this.people.user(), "*"));
			return () -> SecretScanner.report(this.http,
					"[{\"token\":\"%s\",\"type\":\"latchkey\",\"url\":\"\",\"source\":\"commit\"}]".formatted(own));
		}, "token.revoked");
		act("POST /api/tokens/diagnose", null,
				() -> () -> this.http.post("/api/tokens/diagnose", "{\"token\":\"%s\"}".formatted(this.raw)),
				"token.diagnosed");
		act("POST /api/login", null,
				() -> () -> keep(this.http
					.post("/api/login",
							"{\"email\":\"%s\",\"password\":\"%s\",\"token_name\":\"x\",\"scopes\":[\"user:read\"]}"
								.formatted(this.admin.email(), People.PASSWORD))
					.json("token")),
				"login.succeeded", "token.created");
		byToken("POST /api/logout", () -> {
			String own = keep(this.people.raw(this.people.user(), "*"));
			return () -> this.http.post("/api/logout", own, null);
		}, "logout", "token.revoked");
	}

	private void accounts() {
		byToken("POST /api/users",
				() -> () -> this.http.post("/api/users", this.raw,
						"{\"email\":\"a-%s@example.com\",\"name\":\"New\",\"password\":\"%s\",\"roles\":[\"USER\"]}"
							.formatted(UUID.randomUUID(), People.PASSWORD)),
				"user.created");
		byToken("PATCH /api/users/{id}", () -> {
			String path = "/api/users/" + this.people.user().id();
			return () -> this.http.patch(path, this.raw,
					"{\"name\":\"Other\",\"roles\":[\"ADMIN\"],\"enabled\":false,\"password\":\"%s\"}"
						.formatted(People.PASSWORD));
		}, "user.renamed", "user.roles_changed", "user.disabled", "user.password_changed");
		byToken("DELETE /api/users/{id}", () -> {
			String path = "/api/users/" + this.people.user().id();
			return () -> this.http.delete(path, this.raw);
		}, "user.deleted");
		byToken("DELETE /api/users/{userId}/tokens", () -> {
			User user = this.people.user();
			keep(this.people.raw(user, "*"));
			return () -> this.http.delete("/api/users/" + user.id() + "/tokens", this.raw);
		}, "token.revoked");
		byToken("DELETE /api/users/{userId}/tokens/{id}", () -> {
			User user = this.people.user();
			UUID id = this.people.token(user, "*").details().id();
			return () -> this.http.delete("/api/users/%s/tokens/%s".formatted(user.id(), id), this.raw);
		}, "token.revoked");
	}

	/** Of tables without rows: what is imported is every other test's, too. */
	private void imports() {
		Map.of("sanctum", "id,token,abilities,email", "shield", "user_id,secret,extra", "hashes", "email,hash,scopes",
				"keys", "email,key,scopes")
			.forEach(
					(source, header) -> byToken("POST /api/import/" + source,
							() -> () -> this.http.send("POST", "/api/import/" + source, header, Map.of("Authorization",
									List.of("Bearer " + this.raw), "Content-Type", List.of("text/csv"))),
							"import.finished"));
	}

	private void clients() {
		byToken("POST /api/clients", () -> () -> register("client_credentials"), "client.registered");
		byToken("POST /api/clients/{id}/secret", () -> {
			String path = "/api/clients/" + register("client_credentials").json("id") + "/secret";
			return () -> keep(this.http.post(path, this.raw, null).json("client_secret"));
		}, "client.secret_replaced");
		byToken("DELETE /api/clients/{id}", () -> {
			String path = "/api/clients/" + register("client_credentials").json("id");
			return () -> this.http.delete(path, this.raw);
		}, "client.removed");
		byToken("DELETE /api/removed-clients/{id}", () -> {
			UUID stayingAway = stayingAway();
			return () -> this.http.delete("/api/removed-clients/" + stayingAway, this.raw);
		}, "client.changed");
	}

	/** A client that described itself, and was removed. */
	private UUID stayingAway() {
		UUID id = UUID.randomUUID();
		this.jdbc.update("insert into oauth_client_removed (id, client_id, name, removed_at) values (?, ?, 'x', now())",
				id, "https://" + id + ".example/client.json");
		return id;
	}

	private void resources() {
		byToken("PUT /api/resources/{name}", () -> () -> putResource("r" + UUID.randomUUID()), "resource.created");
		byToken("DELETE /api/resources/{name}", () -> {
			String name = "r" + UUID.randomUUID();
			putResource(name);
			return () -> this.http.delete("/api/resources/" + name, this.raw);
		}, "resource.removed");
	}

	private void resourcesOnPages() {
		onPage("POST /admin/resources/edit", () -> {
			String name = "r" + UUID.randomUUID();
			return () -> this.page.post("/admin/resources/edit", "name", name, "address",
					"https://%s.example.com".formatted(name), "scopes", name + ":read USER See it");
		}, "resource.created");
		onPage("POST /admin/resources/{name}/remove", () -> {
			String name = "r" + UUID.randomUUID();
			putResource(name);
			return () -> this.page.post("/admin/resources/%s/remove".formatted(name));
		}, "resource.removed");
	}

	private String someonesToken() {
		User user = this.people.user();
		return "/admin/users/%s/tokens/%s".formatted(user.id(), this.people.token(user, "user:read").details().id());
	}

	private void putResource(String name) {
		this.http.put("/api/resources/" + name, this.raw, """
				{"address":"https://%s.example.com","scopes":[{"name":"%s:read","description":"See it"}]}"""
			.formatted(name, name));
	}

	private void pages() {
		onPage("POST /account name && !password",
				() -> () -> this.page.post("/account", "name", "Other " + UUID.randomUUID()), "user.renamed");
		onPage("POST /account password", () -> {
			User user = this.people.user();
			Visitor own = new Visitor(this.http.base());
			own.signIn(user.email(), People.PASSWORD);
			own.get("/account");
			String other = keep("another battery of staples");
			return () -> own.post("/account", "current", People.PASSWORD, "password", other);
		}, "user.password_changed");
		onPage("POST /account/sessions", () -> {
			visitor();
			return () -> this.page.post("/account/sessions", "id", "others");
		}, "logout");
		onPage("POST /tokens/new", () -> {
			this.page.get("/tokens/new");
			return () -> this.page.post("/tokens/new", "form", this.page.form(), "name", "x", "expiration", "30",
					"scopes", "user:read");
		}, "token.created");
		onPage("POST /tokens/revoke", () -> {
			String one = made();
			String other = made();
			return () -> this.page.post("/tokens/revoke", "id", one, "id", other);
		}, "token.revoked", "token.revoked");
		onPage("POST /tokens/{id}/edit", () -> {
			String path = "/tokens/" + made() + "/edit";
			return () -> this.page.post(path, "name", "other");
		}, "token.changed");
		onPage("POST /tokens/{id}/rotate", () -> {
			String path = "/tokens/" + made() + "/rotate";
			this.page.get(path);
			return () -> this.page.post(path, "form", this.page.form(), "grace", "0");
		}, "token.rotated", "token.created");
		onPage("POST /tokens/{id}/suspend", () -> {
			String path = "/tokens/" + made() + "/suspend";
			return () -> this.page.post(path);
		}, "token.suspended");
		onPage("POST /tokens/{id}/resume", () -> {
			String path = "/tokens/" + made();
			this.page.post(path + "/suspend");
			return () -> this.page.post(path + "/resume");
		}, "token.resumed");
		onPage("POST /admin/users/{userId}/tokens/{id}/suspend", () -> {
			String path = someonesToken() + "/suspend";
			return () -> this.page.post(path);
		}, "token.suspended");
		onPage("POST /admin/users/{userId}/tokens/{id}/resume", () -> {
			String path = someonesToken();
			this.page.post(path + "/suspend");
			return () -> this.page.post(path + "/resume");
		}, "token.resumed");
		onPage("POST /tokens/{id}/revoke", () -> {
			String path = "/tokens/" + made() + "/revoke";
			return () -> this.page.post(path);
		}, "token.revoked");
		onPage("POST /admin/users/new",
				() -> () -> this.page.post("/admin/users/new", "email", "b-%s@example.com".formatted(UUID.randomUUID()),
						"name", "New", "password", People.PASSWORD, "roles", "USER"),
				"user.created");
		onPage("POST /admin/users/{id}", () -> {
			String path = "/admin/users/" + this.people.user().id();
			return () -> this.page.post(path, "name", "Another");
		}, "user.renamed");
		onPage("POST /admin/users/{id}/delete", () -> {
			String path = "/admin/users/" + this.people.user().id() + "/delete";
			return () -> this.page.post(path);
		}, "user.deleted");
		onPage("POST /admin/users/{userId}/tokens/{id}/revoke", () -> {
			User user = this.people.user();
			UUID id = this.people.token(user, "*").details().id();
			return () -> this.page.post("/admin/users/%s/tokens/%s/revoke".formatted(user.id(), id));
		}, "token.revoked");
		onPage("POST /admin/clients", () -> () -> this.page.post("/admin/clients", "name", "x", "scopes", "user:read",
				"grantTypes", "client_credentials", "confidential", "true"), "client.registered");
		onPage("POST /admin/clients/{id}/remove", () -> {
			String path = "/admin/clients/" + register("client_credentials").json("id") + "/remove";
			return () -> this.page.post(path);
		}, "client.removed");
		onPage("POST /admin/clients/removed/{id}/readmit", () -> {
			String path = "/admin/clients/removed/" + stayingAway() + "/readmit";
			return () -> this.page.post(path);
		}, "client.changed");
		onPage("POST /login", () -> {
			Visitor guest = new Visitor(this.http.base());
			return () -> guest.signIn(this.admin.email(), People.PASSWORD);
		}, "login.succeeded");
		onPage("POST /logout", () -> {
			Visitor other = visitor();
			return () -> other.post("/logout");
		}, "logout");
	}

	private void flows() {
		onPage("POST /oauth2/authorize", () -> {
			Answer client = register("authorization_code");
			String state = ask(client);
			return () -> agree(client, state);
		}, "consent.given");
		onPage("POST /tokens/applications/{id}/withdraw", () -> {
			Answer client = register("authorization_code");
			agree(client, ask(client));
			return () -> this.page.post("/tokens/applications/%s/withdraw".formatted(client.<String>json("id")));
		}, "consent.withdrawn");
		onPage("POST /oauth2/device", () -> {
			String code = device();
			return () -> this.page.post("/oauth2/device", "user_code", code);
		});
		onPage("POST /oauth2/device/allow", () -> {
			String code = device();
			return () -> this.page.post("/oauth2/device/allow", "user_code", code, "scope", "user:read");
		}, "consent.given");
		onPage("POST /oauth2/device/deny", () -> {
			String code = device();
			return () -> this.page.post("/oauth2/device/deny", "user_code", code);
		});
		byClient("POST /oauth2/token code", () -> {
			Answer client = register("authorization_code");
			String code = agree(client, ask(client));
			return () -> redeem(client, code);
		}, "token.created", "token.created");
		byClient("POST /oauth2/token refresh", () -> {
			Answer client = register("authorization_code");
			String refresh = redeem(client, agree(client, ask(client))).json("refresh_token");
			return () -> refresh(client, refresh);
		}, "token.created", "token.created", "token.rotated");
		byClient("POST /oauth2/token client", () -> {
			Answer client = register("client_credentials");
			return () -> keep(
					form("/oauth2/token", basicOf(client), "grant_type=client_credentials").json("access_token"));
		}, "token.created");
		byClient("POST /oauth2/token exchange", () -> {
			Answer client = register("urn:ietf:params:oauth:grant-type:token-exchange");
			return () -> keep(form("/oauth2/token", basicOf(client),
					"grant_type=urn:ietf:params:oauth:grant-type:token-exchange&subject_token=" + this.raw
							+ "&subject_token_type=urn:ietf:params:oauth:token-type:access_token")
				.json("access_token"));
		}, "token.exchanged");
		byClient("POST /oauth2/revoke", () -> {
			Answer client = register("client_credentials");
			String own = keep(this.people.raw(this.people.user(), "*"));
			return () -> form("/oauth2/revoke", basicOf(client), "token=" + own);
		}, "token.revoked");
		byClient("POST /security/generate-token", () -> () -> signInByFrontend(), "login.succeeded", "token.created",
				"token.created");
		byClient("POST /security/refresh-token", () -> {
			String refresh = signInByFrontend().json("refresh_token");
			return () -> this.http.post("/security/refresh-token",
					"{\"grant_type\":\"refresh_token\",\"client_id\":\"every-act\",\"client_secret\":\"every-secret\",\"refresh_token\":\"%s\"}"
						.formatted(refresh));
		}, "token.created", "token.created", "token.rotated");
	}

	private Set<String> changing() {
		Set<String> found = new TreeSet<>();
		this.mappings.stream()
			.flatMap((mapping) -> mapping.getHandlerMethods().entrySet().stream())
			.filter((route) -> RightGiving.of(route.getValue()) != null)
			.forEach((route) -> route.getKey().getMethodsCondition().getMethods().forEach((method) -> {
				for (String path : route.getKey().getPatternValues()) {
					if (method != RequestMethod.GET) {
						String fields = route.getKey().getParamsCondition().toString().replaceAll("[\\[\\]]", "");
						found.add((method + " " + path + " " + (path.equals("/account") ? fields : "")).strip());
					}
				}
			}));
		return found;
	}

	private void assertThatNoSecretIsKept() {
		for (String secret : this.secrets) {
			assertThat(this.jdbc.queryForObject(
					"select count(*) from audit_event e where strpos(e::text, ?) > 0 or strpos(e::text, ?) > 0",
					Integer.class, secret, hash(secret)))
				.as(secret)
				.isZero();
		}
	}

	private List<Map<String, Object>> rowsOf(Runnable act) {
		this.refusals.flushAll();
		long before = this.jdbc.queryForObject("select coalesce(max(id), 0) from audit_event", Long.class);
		act.run();
		return rowsSince(before);
	}

	/** The client may have its answer before the audit hears of it. */
	private List<Map<String, Object>> awaitRowsOf(Runnable act) {
		this.refusals.flushAll();
		long before = this.jdbc.queryForObject("select coalesce(max(id), 0) from audit_event", Long.class);
		act.run();
		return Awaitility.await().until(() -> rowsSince(before), (rows) -> !rows.isEmpty());
	}

	private List<Map<String, Object>> rowsSince(long id) {
		this.refusals.flushAll();
		return this.jdbc.queryForList("select * from audit_event where id > ? order by id", id);
	}

	private void byToken(String route, Supplier<Runnable> how, String... actions) {
		act(route, "token", how, actions);
	}

	private void byClient(String route, Supplier<Runnable> how, String... actions) {
		act(route, "client", how, actions);
	}

	private void onPage(String route, Supplier<Runnable> how, String... actions) {
		act(route, "session", how, actions);
	}

	private void act(String route, String kind, Supplier<Runnable> how, String... actions) {
		this.acts.put(route, new Act(kind, how, Arrays.asList(actions)));
	}

	private Visitor visitor() {
		Visitor visitor = new Visitor(this.http.base());
		visitor.signIn(this.admin.email(), People.PASSWORD);
		visitor.get("/account");
		keep(visitor.session());
		return visitor;
	}

	private Visitor visitorWithoutSession() {
		Visitor visitor = new Visitor(this.http.base());
		visitor.get("/login");
		return visitor;
	}

	private String made() {
		Answer made = this.http.post("/api/tokens", this.raw, TOKEN);
		keep(made.json("token"));
		return made.json("id");
	}

	private Answer register(String grantType) {
		boolean code = grantType.equals("authorization_code");
		Answer made = this.http.post("/api/clients", this.raw,
				"{\"name\":\"x\",\"grant_types\":[\"%s\"%s],\"scopes\":[\"user:read\"]%s}".formatted(grantType,
						code ? ",\"refresh_token\"" : "",
						code ? ",\"redirect_uris\":[\"https://a.example/back\"]" : ""));
		assertThat(made.status()).as(made.body()).isEqualTo(201);
		keep(made.json("client_secret"));
		return made;
	}

	private String device() {
		Answer client = register("urn:ietf:params:oauth:grant-type:device_code");
		Answer codes = form("/oauth2/device_authorization", basicOf(client), "scope=user:read");
		keep(codes.json("device_code"));
		this.page.get("/oauth2/device");
		return keep(codes.json("user_code"));
	}

	private String ask(Answer client) {
		String location = this.page
			.get("/oauth2/authorize?response_type=code&client_id=%s&redirect_uri=https://a.example/back&scope=user:read"
				.formatted(client.<String>json("client_id")) + "&state=s&code_challenge_method=S256&code_challenge="
					+ Base64.getUrlEncoder().withoutPadding().encodeToString(sha256(VERIFIER)))
			.headers()
			.firstValue("Location")
			.orElseThrow();
		this.page.get(location.substring(location.indexOf("/oauth2/consent")));
		return location.replaceAll(".*[?&]state=([^&]+).*", "$1").replace("%3D", "=");
	}

	private String agree(Answer client, String state) {
		String body = this.page
			.post("/oauth2/authorize", "client_id", client.json("client_id"), "state", state, "scope", "user:read")
			.body();
		assertThat(body).contains("code=");
		return keep(body.replaceAll("(?s).*?code=([A-Za-z0-9_-]+).*", "$1"));
	}

	private Answer tryToRedeem(Answer client, String code, String verifier) {
		return form("/oauth2/token", basicOf(client),
				"grant_type=authorization_code&code=%s&code_verifier=%s".formatted(code, verifier)
						+ "&redirect_uri=https://a.example/back");
	}

	private Answer refresh(Answer client, String token) {
		return form("/oauth2/token", basicOf(client), "grant_type=refresh_token&refresh_token=" + token);
	}

	private Answer redeem(Answer client, String code) {
		Answer pair = tryToRedeem(client, code, VERIFIER);
		assertThat(pair.status()).as(pair.body()).isEqualTo(200);
		keep(pair.json("access_token"));
		keep(pair.json("refresh_token"));
		return pair;
	}

	private Answer signInByFrontend() {
		this.registrations.registerOwn("every-act", new ClientSecret(keep("every-secret")), Role.USER, this.admin.id());
		return this.http.post("/security/generate-token", """
				{"grant_type":"password","client_id":"every-act","client_secret":"every-secret","scope":"api",\
				"username":"%s","password":"%s"}""".formatted(this.admin.email(), People.PASSWORD));
	}

	private Answer form(String path, String authorization, String body) {
		return this.http.sendForm(path, body, Map.of("Authorization", List.of(authorization)));
	}

	private static String basicOf(Answer client) {
		return basic(client.json("client_id"), client.json("client_secret"));
	}

	private static String basic(String id, String secret) {
		return "Basic " + base64(id + ":" + secret);
	}

	private static String base64(String text) {
		return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
	}

	private String keep(String secret) {
		this.secrets.add(secret);
		return secret;
	}

	private static String hash(String secret) {
		return HexFormat.of().formatHex(sha256(secret));
	}

	private static byte[] sha256(String secret) {
		try {
			return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
		}
		catch (java.security.NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * What is done.
	 *
	 * @param kind what it is done with, or null for nothing
	 * @param how prepares it, and then does it
	 * @param actions the rows that it leaves
	 */
	private record Act(String kind, Supplier<Runnable> how, List<String> actions) {

	}

}
