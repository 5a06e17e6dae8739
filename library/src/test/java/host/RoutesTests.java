package host;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

import dev.latchkey.embedded.LatchkeyConfigurer;
import dev.latchkey.embedded.TokenActivity;
import dev.latchkey.embedded.TokenOwner;
import dev.latchkey.embedded.TokenOwners;
import dev.latchkey.scope.AnyToken;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.HttpRequestHandler;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.function.RequestPredicates;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Latchkey's own routes in an application that has a chain, an advice for every exception
 * and JSON of its own.
 */
class RoutesTests {

	private static final JsonMapper JSON = new JsonMapper();

	private static Running shop;

	@BeforeAll
	static void start() {
		shop = Running.start(List.of(Shop.class, Chain.class, Advice.class, Heard.class),
				"spring.jackson.property-naming-strategy=UPPER_CAMEL_CASE");
	}

	@AfterAll
	static void stop() {
		shop.close();
	}

	@Test
	void aTokenIsMadeAndSeenAndChangedByAToken() {
		String by = user("maker");
		HttpResponse<String> made = post("/api/tokens", by, """
				{"name": "CI", "scopes": ["invoices:read"], "allowed_ips": ["127.0.0.1"], "expires_in_days": 7}""");
		assertThat(made.statusCode()).isEqualTo(201);
		assertThat(made.headers().firstValue("Cache-Control")).hasValue("no-store");
		JsonNode token = json(made);
		assertThat(made.headers().firstValue("Location")).hasValue("/api/tokens/" + token.path("id").asString());
		assertThat(shop.get("/api/invoices", token.path("token").asString()).statusCode()).isEqualTo(200);
		String path = "/api/tokens/" + token.path("id").asString();
		HttpResponse<String> changed = send("PATCH", path, by, """
				{"name": "Builds", "description": "of every night"}""");
		assertThat(changed.statusCode()).isEqualTo(200);
		JsonNode seen = json(shop.get(path, by));
		assertThat(seen.path("name").asString()).isEqualTo("Builds");
		assertThat(seen.path("description").asString()).isEqualTo("of every night");
		assertThat(seen.path("allowed_ips").toString()).isEqualTo("[\"127.0.0.1/32\"]");
		assertThat(seen.has("token")).isFalse();
		JsonNode list = json(shop.get("/api/tokens?q=build&sort=name", by));
		assertThat(list.path("total").asInt()).isEqualTo(1);
		assertThat(list.path("items").path(0).path("id")).isEqualTo(token.path("id"));
		assertThat(json(shop.get("/api/tokens/current", by)).path("name").asString()).isEqualTo("For a test");
	}

	@Test
	void aTokenIsRotatedAndOnlyItsSuccessorWorks() {
		String by = user("rotator");
		JsonNode first = json(post("/api/tokens", by, "{\"name\": \"CI\", \"scopes\": [\"invoices:read\"]}"));
		HttpResponse<String> rotated = post("/api/tokens/" + first.path("id").asString() + "/rotate", by, "{}");
		assertThat(rotated.statusCode()).isEqualTo(201);
		String successor = json(rotated).path("token").asString();
		assertThat(shop.get("/api/invoices", first.path("token").asString()).statusCode()).isEqualTo(401);
		assertThat(shop.get("/api/invoices", successor).statusCode()).isEqualTo(200);
		HttpResponse<String> again = post("/api/tokens/" + first.path("id").asString() + "/rotate", by, "{}");
		assertThat(again.statusCode()).isEqualTo(409);
		assertThat(json(again).path("code").asString()).isEqualTo("already_rotated");
		assertThat(json(shop.get("/api/tokens?state=revoked", by)).path("total").asInt()).isEqualTo(1);
	}

	@Test
	void aRotatedTokenThatRotatesItselfEndsTheFamily() {
		shop.users().put("robbed", true, "ROLE_USER");
		String first = shop.token("robbed", "tokens:rotate", "invoices:read");
		String successor = json(post("/api/tokens/current/rotate", first, "")).path("token").asString();
		assertThat(shop.get("/api/invoices", successor).statusCode()).isEqualTo(200);
		assertThat(shop.get("/api/invoices", first).statusCode()).isEqualTo(401);
		assertThat(shop.get("/api/invoices", successor).statusCode()).isEqualTo(200);
		assertThat(post("/api/tokens/current/rotate", first, "").statusCode()).isEqualTo(401);
		assertThat(shop.get("/api/invoices", successor).statusCode()).isEqualTo(401);
	}

	@Test
	void aTokenIsSuspendedResumedAndRevoked() {
		String by = user("suspender");
		JsonNode token = json(post("/api/tokens", by, "{\"name\": \"CI\", \"scopes\": [\"invoices:read\"]}"));
		String path = "/api/tokens/" + token.path("id").asString();
		String raw = token.path("token").asString();
		assertThat(shop.get("/api/invoices", raw).statusCode()).isEqualTo(200);
		assertThat(post(path + "/suspend", by, "").statusCode()).isEqualTo(204);
		assertThat(shop.get("/api/invoices", raw).statusCode()).isEqualTo(401);
		assertThat(json(shop.get(path, by)).path("state").asString()).isEqualTo("suspended");
		assertThat(json(shop.get("/api/tokens?state=suspended", by)).path("total").asInt()).isEqualTo(1);
		assertThat(post(path + "/resume", by, "").statusCode()).isEqualTo(204);
		assertThat(shop.get("/api/invoices", raw).statusCode()).isEqualTo(200);
		assertThat(send("DELETE", path + "?reason=left%20the%20team", by, "").statusCode()).isEqualTo(204);
		assertThat(shop.get("/api/invoices", raw).statusCode()).isEqualTo(401);
		assertThat(json(shop.get(path, by)).path("revocation_reason").asString()).isEqualTo("left the team");
	}

	@Test
	void whatNarrowsATokenNarrowsWhatItHasMade() {
		shop.users().put("narrow", true, "ROLE_USER");
		String by = shop.token("narrow", "tokens:read", "tokens:write", "invoices:read");
		JsonNode child = json(post("/api/tokens", by, "{\"name\": \"CI\", \"scopes\": [\"invoices:read\"]}"));
		assertThat(post("/api/tokens", by, "{\"name\": \"CI\", \"scopes\": [\"invoices:delete\"]}").statusCode())
			.isEqualTo(422);
		String own = json(shop.get("/api/tokens/current", by)).path("id").asString();
		assertThat(send("PATCH", "/api/tokens/" + own, by, "{\"scopes\": [\"tokens:read\"]}").statusCode())
			.isEqualTo(200);
		assertThat(shop.get("/api/invoices", child.path("token").asString()).statusCode()).isEqualTo(401);
		assertThat(post("/api/tokens", by, "{\"name\": \"CI\", \"scopes\": [\"tokens:read\"]}").statusCode())
			.isEqualTo(403);
	}

	@Test
	void somebodyElsesTokenIsNotThere() {
		JsonNode others = json(post("/api/tokens", user("other"), "{\"name\": \"CI\", \"scopes\": [\"*\"]}"));
		String by = user("curious");
		String path = "/api/tokens/" + others.path("id").asString();
		assertThat(shop.get(path, by).statusCode()).isEqualTo(404);
		assertThat(send("PATCH", path, by, "{\"name\": \"Mine\"}").statusCode()).isEqualTo(404);
		assertThat(post(path + "/rotate", by, "").statusCode()).isEqualTo(404);
		assertThat(post(path + "/suspend", by, "").statusCode()).isEqualTo(404);
		assertThat(send("DELETE", path, by, "").statusCode()).isEqualTo(404);
	}

	/** The application's advice for every exception makes nothing of them. */
	@Test
	void whatIsWrongIsAProblemByTheContract() {
		String by = user("clumsy");
		assertProblem(post("/api/tokens", by, "{\"nam\": \"CI\"}"), 400, "malformed_request");
		assertProblem(post("/api/tokens", by, "{"), 400, "malformed_request");
		HttpResponse<String> invalid = post("/api/tokens", by, "{\"name\": \"\", \"scopes\": [\"no:such\"]}");
		assertProblem(invalid, 422, "validation_failed");
		assertThat(json(invalid).path("errors")).extracting((error) -> error.path("field").asString())
			.contains("name", "scopes");
		HttpResponse<String> unread = post("/api/tokens", by, "{\"name\": \"\", \"rate_limit\": 99999999999}");
		assertProblem(unread, 422, "validation_failed");
		assertThat(json(unread).path("errors")).extracting((error) -> error.path("field").asString())
			.contains("name", "rate_limit");
		assertProblem(shop.get("/api/tokens?stat=all", by), 422, "validation_failed");
		assertProblem(shop.get("/api/tokens?q=" + by, by), 422, "validation_failed");
		assertProblem(shop.get("/api/tokens/no-id", by), 404, "not_found");
		assertProblem(shop.get("/api/tokens/there/is/nothing", by), 404, "not_found");
		HttpResponse<String> method = send("PUT", "/api/tokens", by, "{}");
		assertProblem(method, 405, "method_not_allowed");
		assertThat(method.headers().firstValue("Allow").orElseThrow()).contains("GET", "POST", "DELETE");
		assertProblem(send("GET", "/api/tokens/revoke", by, ""), 405, "method_not_allowed");
		assertProblem(shop.send(shop.request("/api/tokens")
			.header("Authorization", "Bearer " + by)
			.header("Accept", "application/xml")), 406, "not_acceptable");
		assertProblem(shop.send(shop.request("/api/tokens")
			.header("Authorization", "Bearer " + by)
			.header("Content-Type", "text/plain")
			.POST(HttpRequest.BodyPublishers.ofString("{}"))), 415, "unsupported_media_type");
		assertProblem(post("/api/tokens", by, "{\"name\": \"" + "x".repeat(70_000) + "\"}"), 413, "payload_too_large");
		HttpResponse<String> lacking = post("/api/tokens", shop.token("anna", "tokens:read"), "{}");
		assertProblem(lacking, 403, "insufficient_scope");
		assertThat(lacking.headers().firstValue("WWW-Authenticate").orElseThrow()).contains("scope=\"tokens:write\"");
	}

	@Test
	void whoeverIsSignedInToTheApplicationHasTheSame() {
		shop.users().put("person", true, "ROLE_USER");
		assertThat(json(signedIn("GET", "/api/tokens", "person", "")).path("total").asInt()).isZero();
		HttpResponse<String> made = signedIn("POST", "/api/tokens", "person",
				"{\"name\": \"CI\", \"scopes\": [\"invoices:read\"]}");
		assertThat(made.statusCode()).isEqualTo(201);
		assertThat(shop.get("/api/invoices", json(made).path("token").asString()).statusCode()).isEqualTo(200);
		assertThat(json(signedIn("GET", "/api/tokens", "person", "")).path("total").asInt()).isEqualTo(1);
		assertThat(json(signedIn("GET", "/api/tokens", "anna", "")).path("items"))
			.noneMatch((token) -> token.path("id").equals(json(made).path("id")));
		assertThat(signedIn("GET", "/api/tokens/current", "person", "").statusCode()).isEqualTo(404);
		assertThat(json(signedIn("DELETE", "/api/tokens", "person", "")).path("revoked").asInt()).isEqualTo(1);
	}

	@Test
	void theHeaderDecidesWhoeverIsSignedIn() {
		shop.token("root", "invoices:read");
		HttpResponse<String> answer = shop.send(shop.request("/api/tokens")
			.header("Cookie", "JSESSIONID=none")
			.header("Authorization", "Bearer " + shop.token("anna", "invoices:read")));
		assertThat(answer.statusCode()).isEqualTo(403);
	}

	@Test
	void whoHoldsATokenLearnsAboutItAndEndsItWithoutSigningIn() {
		String token = shop.token("anna", "invoices:read");
		HttpResponse<String> known = anonymously("/api/tokens/diagnose", "{\"token\": \"" + token + "\"}");
		assertThat(known.statusCode()).isEqualTo(200);
		assertThat(json(known).path("state").asString()).isEqualTo("active");
		assertThat(json(anonymously("/api/tokens/diagnose", "{\"token\": \"lkp_nonsense\"}")).path("state").asString())
			.isEqualTo("malformed");
		assertProblem(anonymously("/api/tokens/revoke", "{\"tokens\": [\"nonsense\"]}"), 422, "validation_failed");
		assertThat(anonymously("/api/tokens/revoke", "{\"tokens\": [\"" + token + "\"]}").statusCode()).isEqualTo(202);
		assertThat(shop.get("/api/invoices", token).statusCode()).isEqualTo(401);
		assertThat(anonymously("/api/tokens", "{}").statusCode()).isEqualTo(401);
	}

	@Test
	void whatIsFoundByItsHashIsEndedByItsOwnerAlone() {
		String by = user("finder");
		String found = json(post("/api/tokens", by, "{\"name\": \"CI\", \"scopes\": [\"invoices:read\"]}"))
			.path("token")
			.asString();
		String hash = "{\"token_hash\": \"" + sha256(found) + "\"}";
		assertThat(post("/api/tokens/revoke-by-hash", user("stranger"), hash).statusCode()).isEqualTo(404);
		assertThat(post("/api/tokens/revoke-by-hash", by, hash).statusCode()).isEqualTo(204);
		assertThat(shop.get("/api/invoices", found).statusCode()).isEqualTo(401);
	}

	/** A scope of the server's that is called so gets to everybody's tokens. */
	@Test
	void noScopeOfTheApplicationsGetsToSomebodyElsesTokens() {
		try (Running users = Running.start(List.of(Shop.class), "latchkey.scopes[0].name=users:write",
				"latchkey.scopes[0].description=Change users")) {
			String others = users.token("root", "invoices:read");
			String path = "/api/tokens/" + users.tokens().of("root").get(0).id();
			String by = "Bearer " + users.token("anna", "users:write", "tokens:write");
			assertThat(send(users, path + "/suspend", by, "").statusCode()).isEqualTo(404);
			assertThat(send(users, path + "/resume", by, "").statusCode()).isEqualTo(404);
			assertThat(send(users, "/api/tokens/revoke-by-hash", by, "{\"token_hash\": \"" + sha256(others) + "\"}")
				.statusCode()).isEqualTo(404);
			assertThat(users.get("/api/invoices", others).statusCode()).isEqualTo(200);
			String lacking = users.token("anna", "users:write");
			String own = "/api/tokens/" + users.tokens().of("anna").get(0).id();
			assertProblem(send(users, own + "/suspend", "Bearer " + lacking, ""), 403, "insufficient_scope");
			assertThat(users.get("/api/me", lacking).statusCode()).isEqualTo(200);
		}
	}

	@Test
	void theCatalogueHasTheApplicationsScopes() {
		assertThat(shop.get("/api/scopes", shop.token("anna", "tokens:read")).body()).contains("\"invoices:read\"",
				"\"tokens:write\"");
	}

	@Test
	void whatHappensIsWrittenAndTheApplicationIsTold() {
		shop.users().put("audited", true, "ROLE_USER");
		String by = shop.token("audited", "*");
		JsonNode token = json(post("/api/tokens", by, "{\"name\": \"CI\", \"scopes\": [\"invoices:read\"]}"));
		String path = "/api/tokens/" + token.path("id").asString();
		send("PATCH", path, by, "{\"name\": \"Builds\"}");
		send("DELETE", path, by, "");
		JsonNode events = json(shop.get(path + "/events", by));
		assertThat(events.path("items")).extracting((event) -> event.path("action").asString())
			.containsExactly("token.revoked", "token.changed", "token.created");
		assertThat(events.path("items").path(1).path("changes").toString()).contains("\"Builds\"");
		assertThat(events.path("items").path(1).path("actor").asString()).isEqualTo("audited");
		assertThat(events.path("items").path(1).path("ip").asString()).isEqualTo("127.0.0.1");
		assertThat(shop.get(path + "/events", user("curious-too")).statusCode()).isEqualTo(404);
		UUID id = UUID.fromString(token.path("id").asString());
		assertThat(shop.bean(Heard.class).of(id)).extracting(TokenActivity::action)
			.containsExactly("token.created", "token.changed", "token.revoked");
		assertThat(shop.bean(Heard.class).of(id)).allSatisfy((heard) -> {
			assertThat(heard.owner()).isEqualTo("audited");
			assertThat(heard.actor()).isEqualTo("audited");
			assertThat(heard.actingTokenId()).isNotNull();
		});
	}

	@Test
	void everythingIsForAdministratorsToRead() {
		String revoked = shop.token("anna", "invoices:read");
		shop.tokens().revoke(revoked);
		assertThat(shop.get("/api/audit-events", shop.token("anna", "*")).statusCode()).isEqualTo(403);
		String admin = shop.token("root", "audit:read");
		JsonNode events = json(shop.get("/api/audit-events?action=token.revoked", admin));
		assertThat(events.path("items")).isNotEmpty()
			.allMatch((event) -> event.path("action").asString().equals("token.revoked"));
		HttpResponse<String> lines = shop.send(shop.request("/api/audit-events?action=token.revoked")
			.header("Authorization", "Bearer " + admin)
			.header("Accept", "application/x-ndjson"));
		assertThat(lines.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/x-ndjson");
		assertThat(lines.body().lines()).isNotEmpty().allMatch((line) -> line.contains("token.revoked"));
		assertThat(lines.body()).doesNotContain(revoked);
	}

	@Test
	void aRightThatIsRefusedIsWrittenAndTheApplicationIsTold() {
		shop.users().put("limited", true, "ROLE_USER");
		String token = shop.token("limited", "invoices:read");
		UUID id = shop.tokens().of("limited").get(0).id();
		assertThat(shop.post("/api/invoices/delete", token).statusCode()).isEqualTo(403);
		assertThat(shop.get("/api/undecided", token).statusCode()).isEqualTo(403);
		assertThat(shop.get("/api/tokens", token).statusCode()).isEqualTo(403);
		assertThat(shop.get("/reports", token).statusCode()).isEqualTo(403);
		assertThat(shop.get("/api/invoices", token).statusCode()).isEqualTo(200);
		List<TokenActivity> heard = shop.bean(Heard.class)
			.of(id)
			.stream()
			.filter((one) -> one.action().equals("right.refused"))
			.toList();
		assertThat(heard).extracting(TokenActivity::detail)
			.containsExactly("POST /api/invoices/delete, lacks invoices:delete", "GET /api/undecided",
					"GET /api/tokens, lacks tokens:read", "GET before any route");
		assertThat(heard).allSatisfy((one) -> {
			assertThat(one.owner()).isEqualTo("limited");
			assertThat(one.actor()).isEqualTo("limited");
			assertThat(one.ip()).isEqualTo("127.0.0.1");
		});
	}

	/** A session is the application's, and so is what it refuses to it. */
	@Test
	void whatIsRefusedToASessionIsHeardAtLatchkeysOwnRoutes() {
		shop.users().put("seated", true, "ROLE_USER");
		shop.token("seated", "invoices:read");
		assertThat(signedIn("GET", "/api/audit-events", "seated", "").statusCode()).isEqualTo(403);
		assertThat(signedIn("POST", "/api/invoices/delete", "seated", "").statusCode()).isEqualTo(403);
		assertThat(shop.bean(Heard.class).all("right.refused")).filteredOn((one) -> "seated".equals(one.owner()))
			.extracting(TokenActivity::detail)
			.containsExactly("GET /api/audit-events, lacks audit:read");
	}

	/** Looking makes no row. */
	@Test
	void whoNeverHadATokenIsToldFromOthersInTheAudit() {
		for (String user : List.of("looker", "browser")) {
			shop.users().put(user, true, "ROLE_USER");
			assertThat(signedIn("GET", "/api/audit-events", user, "").statusCode()).isEqualTo(403);
		}
		JdbcTemplate jdbc = shop.bean(JdbcTemplate.class);
		Awaitility.await().until(() -> jdbc.queryForObject("""
				select count(distinct actor_id) from latchkey.audit_event where actor in ('looker', 'browser')
				""", Integer.class), (count) -> count == 2);
		String events = shop.get("/api/audit-events?actor=looker", shop.token("root", "audit:read")).body();
		assertThat(events).contains("\"actor\":\"looker\"").contains("\"actor_id\":null");
		assertThat(jdbc.queryForList("select id from latchkey.token_owner where host_id in ('looker', 'browser')"))
			.isEmpty();
	}

	/** The container tells of it by an exception in which the value stands. */
	@Test
	void parametersThatCannotBeReadAreRefused() {
		String by = shop.token("root", "tokens:read", "audit:read");
		for (String odd : List.of("%00", "%ff")) {
			assertProblem(shop.get("/api/tokens?q=" + odd, by), 400, "malformed_request");
			assertProblem(shop.get("/api/audit-events?actor=" + odd, by), 400, "malformed_request");
		}
	}

	@Test
	void ofWhatIsTakenBackNobodyIsTold() {
		shop.users().put("wavering", true, "ROLE_USER");
		TransactionTemplate transaction = new TransactionTemplate(shop.bean(PlatformTransactionManager.class));
		UUID[] made = new UUID[1];
		transaction.executeWithoutResult((status) -> {
			made[0] = shop.tokens().create("wavering", "For a test", "invoices:read").details().id();
			status.setRollbackOnly();
		});
		assertThat(shop.bean(Heard.class).of(made[0])).isEmpty();
		transaction.executeWithoutResult((status) -> {
			made[0] = shop.tokens().create("wavering", "For a test", "invoices:read").details().id();
			assertThat(shop.bean(Heard.class).of(made[0])).isEmpty();
		});
		assertThat(shop.bean(Heard.class).of(made[0])).hasSize(1);
	}

	@Test
	void itsMetersAndItsHealthAreTheApplications() {
		String token = shop.token("anna", "invoices:read");
		shop.get("/api/invoices", token);
		shop.get("/api/invoices", "lkp_nonsense");
		SimpleMeterRegistry registry = new SimpleMeterRegistry();
		shop.context().getBeansOfType(MeterBinder.class).values().forEach((meters) -> meters.bindTo(registry));
		assertThat(registry.get("latchkey.verifications").tag("outcome", "accepted").functionCounter().count())
			.isPositive();
		assertThat(registry.get("latchkey.acts").tag("action", "token.created").functionCounter().count()).isPositive();
		assertThat(registry.get("latchkey.cache.believed").gauge().value()).isOne();
		assertThat(registry.get("latchkey.limits.exceeded").functionCounters()).isNotEmpty();
		assertThat(registry.get("latchkey.prune.deleted").functionCounters()).isNotEmpty();
		Health health = shop.context().getBean("latchkeyHealthIndicator", HealthIndicator.class).health();
		assertThat(health).isNotNull();
		assertThat(health.getStatus()).isEqualTo(Status.UP);
	}

	@Test
	void theApplicationsOwnJsonStaysAsItIs() {
		assertThat(signedIn("GET", "/api/shape", "anna", "").body()).isEqualTo("{\"LastUsed\":\"never\"}");
	}

	/** It has no chain of its own, lives below a path, and asks for a fresh sign-in. */
	@Test
	void theyStandWhereTheApplicationWantsThem() {
		try (Running elsewhere = Running.start(List.of(Shop.class), "server.servlet.context-path=/shop",
				"latchkey.routes.prefix=/keys", "latchkey.paths=/rest/**", "latchkey.web.reauthenticate-after=1ns")) {
			String by = elsewhere.token("anna", "*");
			HttpResponse<String> made = elsewhere.send(elsewhere.request("/keys/api/tokens")
				.header("Authorization", "Bearer " + by)
				.header("Content-Type", "application/json")
				.POST(HttpRequest.BodyPublishers.ofString("{\"name\": \"CI\", \"scopes\": [\"tokens:read\"]}")));
			assertThat(made.statusCode()).isEqualTo(201);
			String path = made.headers().firstValue("Location").orElseThrow();
			assertThat(path).startsWith("/shop/keys/api/tokens/");
			assertThat(elsewhere.get(path.substring("/shop".length()), by).statusCode()).isEqualTo(200);
			assertThat(elsewhere.get("/api/tokens", by).statusCode()).isEqualTo(403);
			HttpResponse<String> diagnosed = elsewhere.send(elsewhere.request("/keys/api/tokens/diagnose")
				.header("Content-Type", "application/json")
				.POST(HttpRequest.BodyPublishers.ofString("{\"token\": \"" + by + "\"}")));
			assertThat(diagnosed.statusCode()).isEqualTo(200);
		}
	}

	@Test
	void whatFailsIsCountedByNetworkWhereTheApplicationKnowsItsClientsAddresses() {
		try (Running open = Running.start(List.of(Shop.class), "latchkey.limits.diagnose=1",
				"latchkey.limits.reports=1")) {
			assertThat(times(3, open, "/api/tokens/diagnose", "{\"token\": \"lkp_nonsense\"}")).containsOnly(200);
			assertThat(times(3, open, "/api/tokens/revoke", "{\"tokens\": [\"nonsense\"]}")).containsOnly(422);
		}
		try (Running counting = Running.start(List.of(Shop.class), "latchkey.limits.by-network=true",
				"latchkey.limits.diagnose=1", "latchkey.limits.reports=1")) {
			String good = counting.token("anna", "invoices:read");
			assertThat(times(3, counting, "/api/tokens/diagnose", "{\"token\": \"lkp_nonsense\"}")).containsExactly(200,
					429, 429);
			assertThat(times(3, counting, "/api/tokens/diagnose", "{\"token\": \"" + good + "\"}")).containsOnly(200);
			assertThat(times(2, counting, "/api/tokens/revoke", "{\"tokens\": [\"nonsense\"]}")).containsExactly(422,
					429);
			assertThat(counting.get("/api/invoices", good).statusCode()).isEqualTo(200);
		}
	}

	private static List<Integer> times(int times, Running application, String path, String body) {
		return Stream.generate(() -> application.send(application.request(path)
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString(body)))).limit(times).map(HttpResponse::statusCode).toList();
	}

	/** Both halves of them ask the same settings, in the application's order. */
	@Test
	void theApplicationsOrderOfSettingsCounts() {
		System.setProperty("latchkey.routes.prefix", "/overruled");
		try (Running elsewhere = Running.start(List.of(Shop.class), "latchkey.routes.prefix=/keys")) {
			assertThat(elsewhere.get("/keys/api/tokens", elsewhere.token("anna", "*")).statusCode()).isEqualTo(200);
		}
		finally {
			System.clearProperty("latchkey.routes.prefix");
		}
	}

	@Test
	void proxiesAreAnsweredWhereTheApplicationWantsIt() {
		assertThat(shop.get("/forward-auth", shop.token("anna", "invoices:read")).statusCode()).isEqualTo(403);
		try (Running gate = Running.start(List.of(Shop.class), "latchkey.routes.forward-auth=true",
				"latchkey.limits.token=1")) {
			String token = gate.token("anna", "invoices:read");
			HttpResponse<String> passes = gate.get("/forward-auth?scope=invoices:read", token);
			assertThat(passes.statusCode()).isEqualTo(204);
			assertThat(passes.headers().firstValue("X-Auth-User-Id")).hasValue("anna");
			assertThat(passes.headers().firstValue("X-Auth-Scopes")).hasValue("invoices:read");
			HttpResponse<String> lacking = gate.post("/forward-auth?scope=invoices:delete", token);
			assertProblem(lacking, 403, "insufficient_scope");
			assertThat(lacking.headers().firstValue("WWW-Authenticate").orElseThrow()).contains("invoices:delete");
			assertThat(gate.get("/forward-auth/any/path?scope=invoices:read", token).statusCode()).isEqualTo(403);
			assertThat(gate
				.send(gate.request("/forward-auth/any/path")
					.header("Authorization", "Bearer " + token)
					.header("Latchkey-Scope", "invoices:read"))
				.statusCode()).isEqualTo(204);
			assertProblem(gate.get("/forward%2Dauth?scope=invoices:read", token), 400, "malformed_request");
			assertThat(gate.get("/forward-auth").statusCode()).isEqualTo(401);
			assertThat(gate.get("/forward-auth", "lkp_nonsense").statusCode()).isEqualTo(401);
			assertThat(gate.send(gate.request("/forward-auth").header("Authorization", basic("anna"))).statusCode())
				.isEqualTo(401);
		}
	}

	@Test
	void aTokenThatIsUsedTooOftenIsToldWhenItEnds() {
		try (Running sparing = Running.start(List.of(Shop.class), "latchkey.limits.token=1")) {
			HttpResponse<String> made = sparing.send(sparing.request("/api/tokens")
				.header("Authorization", "Bearer " + sparing.token("anna", "*"))
				.header("Content-Type", "application/json")
				.POST(HttpRequest.BodyPublishers
					.ofString("{\"name\": \"x\", \"scopes\": [\"invoices:read\"], \"expires_in_days\": 3}")));
			String token = json(made).path("token").asString();
			assertThat(sparing.get("/api/invoices", token).statusCode()).isEqualTo(200);
			HttpResponse<String> refused = sparing.get("/api/invoices", token);
			assertProblem(refused, 429, "rate_limited");
			assertThat(refused.headers().firstValue("Latchkey-Token-Expires"))
				.hasValue(json(made).path("expires_at").asString());
		}
	}

	/** A page for every path is for an application of one page. */
	@Test
	void aChainWithoutTheLineLetsNothingPassAProxy() {
		try (Running gate = Running.start(List.of(Shop.class, OnePage.class), "latchkey.routes.forward-auth=true")) {
			assertThat(gate.get("/anything").body()).isEqualTo("the page");
			assertProblem(gate.get("/forward-auth?scope=invoices:read"), 404, "not_found");
			assertProblem(gate.get("/forward-auth/anything"), 404, "not_found");
			assertProblem(gate.get("/forward%2Dauth?scope=invoices:read"), 404, "not_found");
		}
	}

	/** It is asked for the token, and then for the name that it gives its user. */
	@Test
	void aDirectoryThatDoesNotAnswerAProxyIs503() {
		try (Running gate = Running.start(List.of(Shop.class, Fickle.class), "latchkey.routes.forward-auth=true",
				"latchkey.owners.max-staleness=1ns")) {
			String token = gate.token("anna", "invoices:read");
			Fickle owners = gate.bean(Fickle.class);
			owners.answers = 1;
			HttpResponse<String> undecided = gate.get("/forward-auth?scope=invoices:read", token);
			assertProblem(undecided, 503, "unavailable");
			assertThat(undecided.headers().firstValue("X-Auth-User")).isEmpty();
			owners.answers = 2;
			assertThat(gate.get("/forward-auth?scope=invoices:read", token).statusCode()).isEqualTo(204);
		}
	}

	@Test
	void aSignInThatIsNotFreshGivesNoToken() {
		try (Running careful = Running.start(List.of(Shop.class, Chain.class),
				"latchkey.web.reauthenticate-after=1ns")) {
			HttpResponse<String> refused = careful.send(careful.request("/api/tokens")
				.header("Authorization", basic("anna"))
				.header("Content-Type", "application/json")
				.POST(HttpRequest.BodyPublishers.ofString("{\"name\": \"CI\", \"scopes\": [\"tokens:read\"]}")));
			assertProblem(refused, 403, "forbidden");
			assertThat(careful.tokens().of("anna")).isEmpty();
		}
	}

	/** Nobody has proven anything there since: whoever has the browser is let in. */
	@Test
	void aRememberedBrowserIsSignedInAndGivesNoToken() {
		try (Running home = Running.start(List.of(Shop.class, Remembering.class))) {
			HttpResponse<String> signedIn = home.send(home.request("/login")
				.header("Content-Type", "application/x-www-form-urlencoded")
				.POST(HttpRequest.BodyPublishers.ofString("username=anna&password=secret&remember-me=on")));
			assertThat(make(home, cookie(signedIn, "JSESSIONID")).statusCode()).isEqualTo(201);
			String remembered = cookie(signedIn, "remember-me");
			assertThat(home.send(home.request("/api/tokens").header("Cookie", remembered)).statusCode()).isEqualTo(200);
			assertProblem(make(home, remembered), 403, "forbidden");
			assertThat(home.tokens().of("anna")).hasSize(1);
		}
	}

	private static HttpResponse<String> make(Running application, String cookie) {
		return application.send(application.request("/api/tokens")
			.header("Cookie", cookie)
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString("{\"name\": \"CI\", \"scopes\": [\"tokens:read\"]}")));
	}

	private static String cookie(HttpResponse<String> answer, String name) {
		return answer.headers()
			.allValues("Set-Cookie")
			.stream()
			.filter((cookie) -> cookie.startsWith(name + "="))
			.map((cookie) -> cookie.split(";")[0])
			.findFirst()
			.orElseThrow();
	}

	@Test
	void aRouteOfTheApplicationsIsNotHiddenInSilence() {
		assertThatException().isThrownBy(() -> Running.start(List.of(Shop.class, Keys.class)).close())
			.withMessageContaining("/api/tokens/mine")
			.withMessageContaining("latchkey.routes.prefix");
		assertThatException().isThrownBy(
				() -> Running.start(List.of(Shop.class, Keys.class), "latchkey.owners.username-is-id=false").close())
			.withMessageContaining("/api/tokens/mine");
		assertThatException()
			.isThrownBy(
					() -> Running.start(List.of(Shop.class, Gate.class), "latchkey.routes.forward-auth=true").close())
			.withMessageContaining("/forward-auth/mine");
		assertThatException().isThrownBy(() -> Running.start(List.of(Shop.class, Functions.class)).close())
			.withMessageContaining("/api/tokens/ours")
			.withMessageContaining("/api/scopes")
			.withMessageContaining("/api/tokens/by-name");
		try (Running own = Running.start(List.of(Shop.class, Keys.class), "latchkey.routes.enabled=false")) {
			String token = own.token("anna", "*");
			assertThat(own.get("/api/tokens/mine", token).body()).contains("the application's");
			assertThat(own.get("/api/tokens", token).statusCode()).isEqualTo(403);
			assertThat(own.get("/api/keys/found", token).body()).contains("found");
		}
	}

	private static String user(String name) {
		shop.users().put(name, true, "ROLE_USER");
		return shop.token(name, "*");
	}

	private static HttpResponse<String> post(String path, String token, String body) {
		return send("POST", path, token, body);
	}

	private static HttpResponse<String> send(String method, String path, String token, String body) {
		return send(method, path, "Bearer " + token, HttpRequest.BodyPublishers.ofString(body));
	}

	private static HttpResponse<String> signedIn(String method, String path, String user, String body) {
		return send(method, path, basic(user), HttpRequest.BodyPublishers.ofString(body));
	}

	private static HttpResponse<String> send(String method, String path, String authorization,
			HttpRequest.BodyPublisher body) {
		return send(shop, method, path, authorization, body);
	}

	private static HttpResponse<String> send(Running application, String path, String authorization, String body) {
		return send(application, "POST", path, authorization, HttpRequest.BodyPublishers.ofString(body));
	}

	private static HttpResponse<String> send(Running application, String method, String path, String authorization,
			HttpRequest.BodyPublisher body) {
		HttpRequest.Builder request = application.request(path)
			.header("Authorization", authorization)
			.method(method, body);
		return application
			.send((body.contentLength() > 0) ? request.header("Content-Type", "application/json") : request);
	}

	private static HttpResponse<String> anonymously(String path, String body) {
		return shop.send(shop.request(path)
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString(body)));
	}

	private static void assertProblem(HttpResponse<String> answer, int status, String code) {
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
		assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/problem+json");
		assertThat(json(answer).path("code").asString()).isEqualTo(code);
		assertThat(json(answer).path("status").asInt()).isEqualTo(status);
	}

	private static JsonNode json(HttpResponse<String> answer) {
		return JSON.readTree(answer.body());
	}

	private static String basic(String user) {
		return "Basic " + Base64.getEncoder().encodeToString((user + ":secret").getBytes(StandardCharsets.UTF_8));
	}

	private static String sha256(String text) {
		try {
			return HexFormat.of()
				.formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@RestController
	@Configuration(proxyBeanMethods = false)
	static class Chain {

		/** Tools come with Basic, so that there are no sessions to protect. */
		@Bean
		SecurityFilterChain chain(HttpSecurity http) throws Exception {
			return http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated())
				.httpBasic(Customizer.withDefaults())
				.csrf(AbstractHttpConfigurer::disable)
				.with(LatchkeyConfigurer.latchkey(), Customizer.withDefaults())
				.build();
		}

		@GetMapping("/api/shape")
		Shape shape() {
			return new Shape("never");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Remembering {

		@Bean
		SecurityFilterChain chain(HttpSecurity http) throws Exception {
			return http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated())
				.formLogin(Customizer.withDefaults())
				.rememberMe(Customizer.withDefaults())
				.csrf(AbstractHttpConfigurer::disable)
				.with(LatchkeyConfigurer.latchkey(), Customizer.withDefaults())
				.build();
		}

	}

	record Shape(String lastUsed) {

	}

	/** Keeps what it hears, and then fails, which is nobody else's matter. */
	@Configuration(proxyBeanMethods = false)
	static class Heard {

		private final List<TokenActivity> all = new CopyOnWriteArrayList<>();

		@EventListener
		void on(TokenActivity activity) {
			this.all.add(activity);
			throw new IllegalStateException("The application's listener is broken");
		}

		List<TokenActivity> of(UUID token) {
			return this.all.stream().filter((one) -> token.equals(one.tokenId())).toList();
		}

		List<TokenActivity> all(String action) {
			return this.all.stream().filter((one) -> one.action().equals(action)).toList();
		}

	}

	@RestControllerAdvice
	static class Advice {

		@ExceptionHandler(Exception.class)
		ResponseEntity<Object> everything() {
			return ResponseEntity.status(500).body(Map.of("said", "in the application's own words"));
		}

	}

	/** Answers a few times more, and then no more. */
	static class Fickle implements TokenOwners {

		private volatile int answers = Integer.MAX_VALUE;

		@Override
		public Optional<TokenOwner> find(String id) {
			if (this.answers <= 0) {
				throw new IllegalStateException("The directory does not answer");
			}
			this.answers--;
			return Optional.of(new TokenOwner(id, id, id, true, Set.of("ROLE_USER"), id));
		}

	}

	@RestController
	@Configuration(proxyBeanMethods = false)
	static class OnePage {

		@Bean
		SecurityFilterChain pages(HttpSecurity http) throws Exception {
			return http.authorizeHttpRequests((requests) -> requests.anyRequest().permitAll()).build();
		}

		@GetMapping("/**")
		Object page() {
			return "the page";
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Functions {

		@Bean
		RouterFunction<ServerResponse> functions() {
			return RouterFunctions.route()
				.path("/api",
						(within) -> within.GET("/tokens/ours", (request) -> ServerResponse.ok().build())
							.GET("/scopes", RequestPredicates.param("own", "true"),
									(request) -> ServerResponse.ok().build())
							.GET("/things", (request) -> ServerResponse.ok().build()))
				.build();
		}

		@Bean("/api/tokens/by-name")
		HttpRequestHandler byName() {
			return (request, response) -> response.setStatus(200);
		}

	}

	@RestController
	static class Gate {

		@AnyToken
		@GetMapping("/forward-auth/mine")
		Object mine() {
			return Map.of("whose", "the application's");
		}

	}

	@RestController
	static class Keys {

		@AnyToken
		@GetMapping("/api/tokens/mine")
		Object mine() {
			return Map.of("whose", "the application's");
		}

		/** What is declared could be no path that somebody sends. */
		@AnyToken
		@GetMapping("/api/keys/{name:[^%]+}")
		Object named(@PathVariable String name) {
			return Map.of("name", name);
		}

	}

}
