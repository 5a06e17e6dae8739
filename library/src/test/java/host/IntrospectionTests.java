package host;

import java.io.ByteArrayInputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;

import dev.latchkey.embedded.IntrospectionClients;
import dev.latchkey.embedded.LatchkeyConfigurer;
import dev.latchkey.embedded.TokenActivity;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Services that were given a token ask the application what it is good for. The
 * application has a form to sign in with, a chain that lets nobody else in, and says
 * which services it knows.
 */
class IntrospectionTests {

	private static final String PATH = "/oauth2/introspect";

	private static final JsonMapper JSON = new JsonMapper();

	/** For which the directory of services waits where the name is "slow". */
	private static final Semaphore SLOW = new Semaphore(0);

	private static Running shop;

	@BeforeAll
	static void start() {
		shop = Running.start(List.of(Shop.class, Chain.class, Services.class, RoutesTests.Heard.class),
				"latchkey.routes.introspection=true", "latchkey.owners.max-staleness=1ns");
	}

	@AfterAll
	static void stop() {
		shop.close();
	}

	@Test
	void aServiceThatTheApplicationKnowsLearnsWhatATokenIsGoodFor() {
		String token = shop.token("anna", "invoices:read", "tokens:read");
		HttpResponse<String> answer = ask(basic("billing", "good"), "token=" + token);
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
		JsonNode active = json(answer);
		assertThat(active.path("active").asBoolean()).isTrue();
		assertThat(active.path("scope").asString()).isEqualTo("invoices:read tokens:read");
		assertThat(active.path("sub").asString()).isEqualTo("anna");
		assertThat(active.path("username").asString()).isEqualTo("anna");
		assertThat(active.path("token_type").asString()).isEqualTo("Bearer");
		assertThat(active.path("exp").asLong()).isGreaterThan(active.path("iat").asLong());
		assertThat(active.path("jti").asString()).isEqualTo(shop.tokens().of("anna").get(0).id().toString());
	}

	@Test
	void whoHasATokenForThatMayAsk() {
		String token = shop.token("anna", "invoices:read");
		assertThat(isActive(ask("Bearer " + shop.token("root", "tokens:introspect"), "token=" + token))).isTrue();
		HttpResponse<String> lacking = ask("Bearer " + shop.token("root", "tokens:read"), "token=" + token);
		assertThat(lacking.statusCode()).isEqualTo(403);
		assertThat(json(lacking).path("error").asString()).isEqualTo("insufficient_scope");
		assertThat(lacking.headers().firstValue("WWW-Authenticate").orElseThrow()).contains("tokens:introspect");
		HttpResponse<String> bad = ask("Bearer lkp_nonsense", "token=" + token);
		assertThat(bad.statusCode()).isEqualTo(401);
		assertThat(json(bad).path("error").asString()).isEqualTo("invalid_token");
	}

	@Test
	void whoeverTheApplicationDoesNotKnowMayNotAsk() {
		String body = "token=" + shop.token("anna", "invoices:read");
		assertRefused(ask(basic("billing", "wrong"), body));
		assertRefused(ask(basic("stranger", "good"), body));
		assertRefused(ask(basic("anna", "secret"), body));
		assertRefused(ask("Basic nonsense", body));
		assertRefused(ask(basic("billing%00", "good"), body));
		assertRefused(ask(basic("b".repeat(300), "good"), body));
		assertRefused(shop.send(question(body)));
		assertRefused(shop.send(question(body).header("Cookie", "JSESSIONID=any")));
		assertThat(ask(basic("away", "good"), body).statusCode()).isEqualTo(503);
		assertThat(shop
			.send(question(body).header("Authorization", basic("billing", "good")).header("Authorization", "Bearer x"))
			.statusCode()).isEqualTo(400);
	}

	@Test
	void whatIsNotGoodIsNotActiveAndWhyIsNotSaid() {
		String revoked = shop.token("anna", "invoices:read");
		shop.tokens().revoke(revoked);
		assertThat(ask(basic("billing", "good"), "token=" + revoked).body()).isEqualTo("{\"active\":false}");
		assertThat(ask(basic("billing", "good"), "token=lkp_nonsense").body()).isEqualTo("{\"active\":false}");
		assertThat(ask(basic("billing", "good"), "token=eyJ.of.others").body()).isEqualTo("{\"active\":false}");
	}

	@Test
	void theApplicationIsAskedWhoTheOwnerIsNow() {
		shop.users().put("leaver", true, "ROLE_ADMIN");
		String token = shop.token("leaver", "invoices:read", "invoices:delete");
		assertThat(json(ask(basic("billing", "good"), "token=" + token)).path("scope").asString())
			.isEqualTo("invoices:delete invoices:read");
		shop.users().put("leaver", true, "ROLE_USER");
		assertThat(json(ask(basic("billing", "good"), "token=" + token)).path("scope").asString())
			.isEqualTo("invoices:read");
		shop.users().put("leaver", false, "ROLE_USER");
		assertThat(isActive(ask(basic("billing", "good"), "token=" + token))).isFalse();
		shop.users().put("leaver", true, "ROLE_USER");
		assertThat(isActive(ask(basic("billing", "good"), "token=" + token))).isTrue();
		shop.users().away = true;
		try {
			assertThat(ask(basic("billing", "good"), "token=" + token).statusCode()).isEqualTo(503);
		}
		finally {
			shop.users().away = false;
		}
	}

	@Test
	void aQuestionIsAForm() {
		String token = shop.token("anna", "invoices:read");
		String service = basic("billing", "good");
		assertThat(ask(service, "").statusCode()).isEqualTo(400);
		assertThat(ask(service, "token=" + token + "&token=" + token).statusCode()).isEqualTo(400);
		assertThat(ask(service, "token=" + token + "&client_ip=nonsense").statusCode()).isEqualTo(400);
		HttpResponse<String> unreadable = ask(service, "token=" + token + "%zz");
		assertThat(unreadable.statusCode()).isEqualTo(400);
		assertThat(json(unreadable).path("error").asString()).isEqualTo("invalid_request");
		assertThat(shop
			.send(shop.request(PATH + "?token=" + token)
				.header("Authorization", service)
				.header("Content-Type", "application/x-www-form-urlencoded")
				.POST(HttpRequest.BodyPublishers.noBody()))
			.statusCode()).isEqualTo(400);
		assertThat(shop
			.send(shop.request(PATH)
				.header("Authorization", service)
				.header("Content-Type", "application/json")
				.POST(HttpRequest.BodyPublishers.ofString("{}")))
			.statusCode()).isEqualTo(400);
		HttpResponse<String> read = shop.send(shop.request(PATH).header("Authorization", service));
		assertThat(read.statusCode()).isEqualTo(405);
		assertThat(read.headers().firstValue("Allow")).hasValue("POST");
	}

	@Test
	void aQuestionIsAsLargeAsAnyBodyMayBeAndNotEncoded() {
		String body = "token=" + shop.token("anna", "invoices:read") + "&more=" + "x".repeat(70_000);
		String service = basic("billing", "good");
		assertThat(ask(service, body).statusCode()).isEqualTo(413);
		HttpRequest.BodyPublisher unannounced = HttpRequest.BodyPublishers
			.ofInputStream(() -> new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
		assertThat(shop.send(question("").header("Authorization", service).POST(unannounced)).statusCode())
			.isEqualTo(413);
		HttpResponse<String> encoded = shop
			.send(question("token=x").header("Authorization", service).header("Content-Encoding", "gzip"));
		assertThat(encoded.statusCode()).isEqualTo(415);
		assertThat(encoded.headers().firstValue("Accept-Encoding")).hasValue("identity");
	}

	@Test
	void theAuditHearsOfCredentialsThatCannotBeRead() {
		ask("Basic nonsense", "token=x");
		shop.send(question("token=x").header("Authorization", basic("billing", "good")).header("Authorization", "x"));
		assertThat(shop.bean(RoutesTests.Heard.class).all("client.refused")).extracting(TokenActivity::detail)
			.contains("The client is not known by these credentials.", "The header Authorization is given twice.");
	}

	@Test
	void aTokenThatIsBoundToAddressesIsAskedAboutWithOne() {
		HttpResponse<String> made = shop.send(shop.request("/api/tokens")
			.header("Authorization", "Bearer " + shop.token("anna", "tokens:write", "invoices:read"))
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString("""
					{"name": "CI", "scopes": ["invoices:read"], "allowed_ips": ["192.0.2.1"]}""")));
		String body = "token=" + json(made).path("token").asString();
		assertThat(isActive(ask(basic("billing", "good"), body + "&client_ip=192.0.2.1"))).isTrue();
		assertThat(isActive(ask(basic("billing", "good"), body))).isFalse();
	}

	@Test
	void whoDoesNotWantToHearWhatIsRememberedIsAnsweredByTheDatabase() {
		String token = shop.token("anna", "invoices:read");
		HttpResponse<String> asked = shop
			.send(question("token=" + token).header("Authorization", basic("billing", "good"))
				.header("Cache-Control", "no-cache"));
		assertThat(isActive(asked)).isTrue();
		assertThat(json(ask(basic("billing", "good"), "token=" + token)).has("places")).isFalse();
	}

	@Test
	void itIsThereOnlyWhereTheApplicationWantsIt() {
		try (Running plain = Running.start(List.of(Shop.class, Services.class))) {
			String token = plain.token("anna", "tokens:introspect");
			assertThat(plain
				.send(plain.request(PATH)
					.header("Authorization", "Bearer " + token)
					.header("Content-Type", "application/x-www-form-urlencoded")
					.POST(HttpRequest.BodyPublishers.ofString("token=" + token)))
				.statusCode()).isEqualTo(403);
		}
	}

	@Test
	void secretsThatAreGuessedAreCountedByNetworkWhereTheApplicationKnowsItsClientsAddresses() {
		try (Running counting = Running.start(List.of(Shop.class, Services.class), "latchkey.routes.introspection=true",
				"latchkey.limits.by-network=true", "latchkey.limits.clients=1")) {
			String body = "token=" + counting.token("anna", "invoices:read");
			assertThat(counting.send(question(counting, body).header("Authorization", basic("billing", "wrong")))
				.statusCode()).isEqualTo(401);
			HttpResponse<String> limited = counting
				.send(question(counting, body).header("Authorization", basic("billing", "wrong")));
			assertThat(limited.statusCode()).isEqualTo(429);
			assertThat(limited.headers().firstValue("Retry-After")).isPresent();
			assertThat(counting.send(question(counting, body).header("Authorization", basic("shipping", "good")))
				.statusCode()).isEqualTo(200);
		}
	}

	/**
	 * As where the application's pool is used up. Those that wait are let go by the
	 * directory of services, and their places are free again.
	 */
	@Test
	void noMoreThan64QuestionsForAnswersThatAreKeptAreUnderWay() {
		HttpRequest.Builder asking = question("token=lkp_nonsense").header("Authorization", basic("slow", "good"))
			.header("Cache-Control", "no-cache");
		HttpClient client = HttpClient.newHttpClient();
		List<CompletableFuture<HttpResponse<String>>> waiting = new ArrayList<>();
		try {
			for (int i = 0; i < 64; i++) {
				waiting.add(client.sendAsync(asking.build(), HttpResponse.BodyHandlers.ofString()));
			}
			Awaitility.await().until(SLOW::getQueueLength, (asked) -> asked == 64);
			assertThat(shop.send(asking).statusCode()).isEqualTo(503);
			assertThat(ask(basic("billing", "good"), "token=lkp_nonsense").statusCode()).isEqualTo(200);
		}
		finally {
			SLOW.release(1000);
		}
		waiting.forEach((one) -> assertThat(isActive(one.join())).isFalse());
		assertThat(isActive(shop.send(asking))).isFalse();
	}

	private static void assertRefused(HttpResponse<String> answer) {
		assertThat(answer.statusCode()).isEqualTo(401);
		assertThat(json(answer).path("error").asString()).isEqualTo("invalid_client");
		assertThat(answer.headers().firstValue("WWW-Authenticate").orElseThrow()).startsWith("Basic");
	}

	private static HttpResponse<String> ask(String authorization, String body) {
		return shop.send(question(body).header("Authorization", authorization));
	}

	private static HttpRequest.Builder question(String body) {
		return question(shop, body);
	}

	private static HttpRequest.Builder question(Running application, String body) {
		return application.request(PATH)
			.header("Content-Type", "application/x-www-form-urlencoded")
			.POST(HttpRequest.BodyPublishers.ofString(body));
	}

	private static boolean isActive(HttpResponse<String> answer) {
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
		return json(answer).path("active").asBoolean();
	}

	private static JsonNode json(HttpResponse<String> answer) {
		return JSON.readTree(answer.body());
	}

	private static String basic(String name, String secret) {
		return "Basic " + Base64.getEncoder().encodeToString((name + ":" + secret).getBytes(StandardCharsets.UTF_8));
	}

	/** With a form, and so with CSRF tokens. */
	@Configuration(proxyBeanMethods = false)
	static class Chain {

		@Bean
		SecurityFilterChain chain(HttpSecurity http) throws Exception {
			return http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated())
				.formLogin(Customizer.withDefaults())
				.with(LatchkeyConfigurer.latchkey(), Customizer.withDefaults())
				.build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Services {

		@Bean
		IntrospectionClients services() {
			return (name, secret) -> {
				// As databases do with what they cannot look up.
				if (name.equals("away") || name.indexOf('\0') >= 0 || name.length() > 255) {
					throw new IllegalStateException("The directory of services does not answer");
				}
				if (name.equals("slow")) {
					SLOW.acquireUninterruptibly();
				}
				return List.of("billing", "shipping", "slow").contains(name) && secret.equals("good");
			};
		}

	}

}
