package host;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import dev.latchkey.embedded.LatchkeyConfigurer;
import dev.latchkey.embedded.TokenOwner;
import dev.latchkey.embedded.TokenOwners;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.web.SecurityFilterChain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Administrators of the application see everybody's tokens and end them. The application
 * knows its users by numbers.
 */
class AdministrationTests {

	private static final JsonMapper JSON = new JsonMapper();

	private static Running shop;

	@BeforeAll
	static void start() {
		shop = Running.start(List.of(Shop.class, Chain.class, Numbered.class), "latchkey.routes.administration=true");
	}

	@AfterAll
	static void stop() {
		shop.close();
	}

	@Test
	void everybodysTokensAreInOneListWithTheirOwners() {
		UUID token = shop.tokens().create("17", "Of seventeen", "invoices:read").details().id();
		shop.tokens().create("18", "Of eighteen", "tokens:read");
		String admin = admin("users:read");
		JsonNode all = json(shop.get("/api/admin/tokens?size=100", admin));
		assertThat(all.path("items")).extracting((item) -> item.path("name").asString())
			.contains("Of seventeen", "Of eighteen");
		JsonNode seventeens = json(shop.get("/api/admin/tokens?owner=17", admin)).path("items");
		assertThat(seventeens).extracting((item) -> item.path("owner").path("id").asString()).containsOnly("17");
		assertThat(seventeens).extracting((item) -> item.path("owner").path("email").asString())
			.containsOnly("user-17");
		assertThat(seventeens).extracting((item) -> item.path("id").asString()).contains(token.toString());
		assertThat(json(shop.get("/api/admin/tokens?owner=user-17&scope=invoices:read", admin)).path("total").asInt())
			.isPositive();
		for (String nobody : List.of("nobody", "%F0%9F%98%80")) {
			assertThat(json(shop.get("/api/admin/tokens?owner=" + nobody, admin)).path("total").asInt()).as(nobody)
				.isZero();
		}
		assertThat(shop.get("/api/admin/tokens?scope=No:such", admin).statusCode()).isEqualTo(422);
		assertThat(shop.get("/api/admin/tokens?owner=17%00", admin).statusCode()).isEqualTo(400);
		HttpResponse<String> table = shop.send(shop.request("/api/admin/tokens?owner=17")
			.header("Authorization", "Bearer " + admin)
			.header("Accept", "text/csv"));
		assertThat(table.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/csv");
		assertThat(table.body().lines().skip(1)).isNotEmpty().allMatch((line) -> line.contains("\"17\",\"user-17\""));
	}

	@Test
	void somebodysTokensAreSeenAndEnded() {
		String first = shop.tokens().create("20", "First", "invoices:read").raw().reveal();
		UUID second = shop.tokens().create("20", "Second", "invoices:read").details().id();
		String admin = admin("users:read", "users:write");
		assertThat(json(shop.get("/api/users/20/tokens", admin)).path("items"))
			.extracting((item) -> item.path("name").asString())
			.containsExactly("Second", "First");
		assertThat(send("DELETE", "/api/users/20/tokens/" + second + "?reason=left", admin, "").statusCode())
			.isEqualTo(204);
		assertThat(send("DELETE", "/api/users/17/tokens/" + second, admin, "").statusCode()).isEqualTo(404);
		assertThat(shop.get("/api/invoices", first).statusCode()).isEqualTo(200);
		assertThat(json(send("DELETE", "/api/users/20/tokens", admin, "")).path("revoked").asInt()).isEqualTo(1);
		assertThat(shop.get("/api/invoices", first).statusCode()).isEqualTo(401);
		assertThat(shop.get("/api/users/404/tokens", admin).statusCode()).isEqualTo(404);
		JsonNode events = json(shop.get("/api/audit-events?action=token.revoked", admin("audit:read")));
		JsonNode latest = events.path("items").path(0);
		assertThat(latest.path("actor").asString()).isEqualTo("user-1");
		assertThat(latest.path("actor_id").asString()).isEqualTo("1");
		assertThat(latest.path("owner_id").asString()).isEqualTo("20");
		assertThat(json(shop.get("/api/audit-events?action=token.revoked&actor=1", admin("audit:read"))).path("items"))
			.isNotEmpty()
			.allMatch((event) -> event.path("actor_id").asString().equals("1"));
		assertThat(json(shop.get("/api/audit-events?actor=404", admin("audit:read"))).path("total").asInt()).isZero();
	}

	@Test
	void theAuditIsAskedForAnIdAsTheApplicationWritesIt() {
		String id = "5F0A12C4-7B2E-4C55-9D1E-0A1B2C3D4E5F";
		String token = shop.tokens().create(id, "Of upper case", "tokens:write").raw().reveal();
		assertThat(send("DELETE", "/api/tokens/current", token, "").statusCode()).isEqualTo(204);
		JsonNode events = json(shop.get("/api/audit-events?actor=" + id, admin("audit:read")));
		assertThat(events.path("items")).extracting((event) -> event.path("actor_id").asString()).containsOnly(id);
	}

	@Test
	void anybodysTokenIsSuspendedResumedAndFoundByItsHash() {
		String token = shop.tokens().create("21", "Watched", "invoices:read").raw().reveal();
		String path = "/api/tokens/" + shop.tokens().of("21").get(0).id();
		String admin = admin("users:write");
		assertThat(send("POST", path + "/suspend", admin, "").statusCode()).isEqualTo(204);
		assertThat(shop.get("/api/invoices", token).statusCode()).isEqualTo(401);
		assertThat(send("POST", path + "/resume", admin, "").statusCode()).isEqualTo(204);
		assertThat(shop.get("/api/invoices", token).statusCode()).isEqualTo(200);
		assertThat(send("POST", path + "/suspend", shop.token("22", "tokens:write"), "").statusCode()).isEqualTo(404);
	}

	/** Whatever its scopes are: the application says who administers it. */
	@Test
	void nobodyElseSeesWhatIsNotHis() {
		String user = shop.token("23", "*");
		for (String path : List.of("/api/admin/tokens", "/api/users/1/tokens", "/api/users/23/tokens")) {
			assertThat(shop.get(path, user).statusCode()).as(path).isEqualTo(403);
			assertThat(shop.get(path, admin("tokens:read", "tokens:write")).statusCode()).as(path).isEqualTo(403);
			assertThat(shop.send(shop.request(path)).statusCode()).as(path).isEqualTo(401);
			assertThat(shop.send(shop.request(path).header("Authorization", basic("anna"))).statusCode()).as(path)
				.isEqualTo(403);
		}
		assertThat(send("DELETE", "/api/users/1/tokens", admin("users:read"), "").statusCode()).isEqualTo(403);
		assertThat(send("DELETE", "/api/users/1/tokens", user, "").statusCode()).isEqualTo(403);
	}

	@Test
	void anAdministratorWhoIsSignedInToTheApplicationHasTheSame() {
		shop.tokens().create("24", "Seen", "invoices:read");
		HttpResponse<String> seen = shop
			.send(shop.request("/api/users/24/tokens").header("Authorization", basic("root")));
		assertThat(seen.statusCode()).isEqualTo(200);
		assertThat(json(seen).path("total").asInt()).isEqualTo(1);
	}

	@Test
	void itIsThereOnlyWhereTheApplicationWantsIt() {
		try (Running plain = Running.start(List.of(Shop.class))) {
			assertThat(plain.get("/api/scopes", plain.token("root", "tokens:read")).body())
				.doesNotContain("users:read");
			assertThat(plain.get("/api/admin/tokens", plain.token("root", "*")).statusCode()).isEqualTo(403);
		}
	}

	/** What a scope of the application's means, it does not get another meaning. */
	@Test
	void aScopeOfTheApplicationsThatIsCalledSoStopsTheStart() {
		assertThatException()
			.isThrownBy(
					() -> Running
						.start(List.of(Shop.class), "latchkey.routes.administration=true",
								"latchkey.scopes[0].name=users:write", "latchkey.scopes[0].description=Change users")
						.close())
			.withStackTraceContaining("'users:write'")
			.withStackTraceContaining("latchkey.routes.administration");
	}

	private static String admin(String... scopes) {
		return shop.token("1", scopes);
	}

	private static HttpResponse<String> send(String method, String path, String token, String body) {
		return shop.send(shop.request(path)
			.header("Authorization", "Bearer " + token)
			.method(method, HttpRequest.BodyPublishers.ofString(body)));
	}

	private static JsonNode json(HttpResponse<String> answer) {
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
		return JSON.readTree(answer.body());
	}

	private static String basic(String user) {
		return "Basic " + Base64.getEncoder().encodeToString((user + ":secret").getBytes(StandardCharsets.UTF_8));
	}

	@Configuration(proxyBeanMethods = false)
	static class Chain {

		@Bean
		SecurityFilterChain chain(HttpSecurity http) throws Exception {
			return http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated())
				.httpBasic(Customizer.withDefaults())
				.csrf(AbstractHttpConfigurer::disable)
				.with(LatchkeyConfigurer.latchkey(), Customizer.withDefaults())
				.build();
		}

	}

	/** The first administers; who signs in as root is that one. */
	static class Numbered implements TokenOwners {

		@Override
		public Optional<TokenOwner> find(String id) {
			String role = id.equals("1") ? "ROLE_ADMIN" : "ROLE_USER";
			return Optional.of(new TokenOwner(id, "user-" + id, "User " + id, true, Set.of(role),
					User.withUsername("user-" + id).password("").authorities(role).build()));
		}

		@Override
		public Optional<String> idOf(Authentication signedIn) {
			return Optional.of(signedIn.getName().equals("root") ? "1" : "25");
		}

	}

}
