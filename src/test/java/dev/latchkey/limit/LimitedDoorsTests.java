package dev.latchkey.limit;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

import dev.latchkey.caller.User;
import dev.latchkey.testing.Http;
import dev.latchkey.testing.Http.Answer;
import dev.latchkey.testing.OtherSettingsTest;
import dev.latchkey.testing.People;
import dev.latchkey.testing.StatementCounter;
import dev.latchkey.testing.Visitor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.web.servlet.MockMvc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

/**
 * Contract 4, Limits, as clients meet them. The network is what the proxy in front says.
 */
@OtherSettingsTest
class LimitedDoorsTests {

	private static final String WRONG = "{\"email\":\"%s\",\"password\":\"wrong password\",\"token_name\":\"x\",\"scopes\":[\"user:read\"]}";

	private static final String SECURITY = "{\"grant_type\":\"password\",\"client_id\":\"%s\",\"client_secret\":\"wrong\",\"scope\":\"api\",\"username\":\"a@b.c\",\"password\":\"x\"}";

	private static final String REFRESH = "{\"grant_type\":\"refresh_token\",\"client_id\":\"%s\",\"client_secret\":\"wrong\",\"scope\":\"api\",\"refresh_token\":\"x\"}";

	private static final AtomicInteger NETWORKS = new AtomicInteger();

	private final String from = "203.%d.113.9".formatted(NETWORKS.getAndIncrement());

	@Autowired
	private Http http;

	@Autowired
	private People people;

	@Autowired
	private JdbcTemplate jdbc;

	@Autowired
	private MockMvc mvc;

	@Test
	void theEleventhSignInWaitsWhetherOrNotThereIsSuchAnAccount() {
		for (String email : List.of(this.people.user().email(), UUID.randomUUID() + "@example.com")) {
			for (int i = 0; i < 10; i++) {
				assertThat(send("/api/login", WRONG.formatted(email)).status()).isEqualTo(422);
			}
			close(email, this.from);
			Answer answer = send("/api/login", WRONG.formatted(email));
			assertThat(answer.status()).isEqualTo(429);
			assertThat(answer.code()).isEqualTo("rate_limited");
			assertThat(Integer.parseInt(answer.header("Retry-After"))).isBetween(1, 300);
			assertThat(answer.body()).doesNotContain(email);
		}
	}

	@Test
	void knownAndUnknownAccountsCostTheSameStatements() {
		String known = this.people.user().email();
		String unknown = UUID.randomUUID() + "@example.com";
		assertThat(statements(known)).isEqualTo(statements(unknown)).isNotEmpty();
		close(known, "127.0.0.1");
		close(unknown, "127.0.0.1");
		assertThat(statements(known)).isEqualTo(statements(unknown)).hasSize(1);
	}

	/** The right password, too: whoever tries them must not see which it was. */
	@Test
	void everyDoorWithAPasswordIsClosed() {
		User user = this.people.user();
		Visitor visitor = new Visitor(this.http.base()).signIn(user);
		close(user.email(), "127.0.0.1");
		Answer byProgram = this.http.post("/api/login",
				WRONG.formatted(user.email()).replace("wrong password", People.PASSWORD));
		assertThat(byProgram.status()).isEqualTo(429);
		HttpResponse<String> again = new Visitor(this.http.base()).signIn(user.email(), People.PASSWORD);
		assertThat(again.statusCode()).isEqualTo(429);
		assertThat(again.body()).contains("Try again in", "name=\"password\"");
		assertThat(again.headers().firstValue("Retry-After")).isPresent();
		visitor.get("/account");
		HttpResponse<String> account = visitor.post("/account", "current", People.PASSWORD, "password",
				"window under water");
		assertThat(account.statusCode()).isEqualTo(429);
		assertThat(account.body()).contains("Try again in");
		assertThat(account.headers().firstValue("Retry-After")).isPresent();
		Answer byClient = this.http.post("/security/generate-token", signInThroughAClient(user));
		assertThat(byClient.status()).as(byClient.body()).isEqualTo(429);
		assertThat(byClient.<String>json("error")).isEqualTo("rate_limited");
		assertThat(byClient.header("Retry-After")).isNotNull();
	}

	private String signInThroughAClient(User user) {
		Answer client = this.http.send("POST", "/api/clients",
				"{\"name\":\"c\",\"grant_types\":[\"password\"],\"scopes\":[\"user:read\"],\"role\":\"USER\"}",
				Map.of("X-Api-Token", List.of("Bearer " + this.people.raw(this.people.superuser(), "*"))));
		assertThat(client.status()).as(client.body()).isEqualTo(201);
		return SECURITY.formatted(client.<String>json("client_id"))
			.replace("\"wrong\"", "\"" + client.json("client_secret") + "\"")
			.replace("\"api\"", "\"user:read\"")
			.replace("a@b.c", user.email())
			.replace("\"x\"", "\"" + People.PASSWORD + "\"");
	}

	/** With 60 failures there is 429, also for the right secret, and never 401. */
	@ParameterizedTest
	@ValueSource(strings = { "/oauth2/token", "/oauth2/introspect", "/oauth2/revoke", "/oauth2/device_authorization",
			"/security/generate-token", "/security/refresh-token" })
	void aClientThatIsNotKnownWaitsAtEveryDoor(String path) {
		String client = "c-" + UUID.randomUUID();
		for (int i = 0; i < 60; i++) {
			assertThat(asClient(path, client).status()).isBetween(400, 401);
		}
		Answer answer = asClient(path, client);
		assertThat(answer.status()).isEqualTo(429);
		assertThat(answer.<String>json("error")).isEqualTo("rate_limited");
		assertThat(Integer.parseInt(answer.header("Retry-After"))).isBetween(1, 60);
		assertThat(answer.header("WWW-Authenticate")).isNull();
		assertThat(asClient(path, "c-" + UUID.randomUUID()).status()).isBetween(400, 401);
	}

	@Test
	void sixtyQuestionsAboutNothingAreAnsweredAndThoseOfHoldersAlways() {
		String good = this.people.raw(this.people.user(), "user:read");
		for (int i = 0; i < 60; i++) {
			assertThat(send("/api/tokens/diagnose", "{\"token\":\"nothing\"}").status()).isEqualTo(200);
		}
		Answer answer = send("/api/tokens/diagnose", "{\"token\":\"nothing\"}");
		assertThat(answer.status()).isEqualTo(429);
		assertThat(answer.code()).isEqualTo("rate_limited");
		assertThat(answer.header("Retry-After")).isNotNull();
		assertThat(send("/api/tokens/diagnose", "{\"token\":\"%s\"}".formatted(good)).status()).isEqualTo(200);
	}

	@Test
	void sixtyReportsAreTaken() {
		for (int i = 0; i < 60; i++) {
			assertThat(send("/api/tokens/revoke", "{\"tokens\":[\"nothing\"]}").status()).isEqualTo(422);
		}
		String good = this.people.raw(this.people.user(), "user:read");
		Answer answer = send("/api/tokens/revoke", "{\"tokens\":[\"%s\"]}".formatted(good));
		assertThat(answer.status()).isEqualTo(429);
		assertThat(answer.code()).isEqualTo("rate_limited");
		assertThat(this.http.post("/api/tokens/revoke", "{\"tokens\":[\"%s\"]}".formatted(good)).status())
			.isEqualTo(202);
	}

	@Test
	void sixtyReportsByHashAreTakenOfEachWhoReports() {
		String mine = this.people.raw(this.people.user(), "tokens:write");
		String others = this.people.raw(this.people.user(), "tokens:write");
		for (int i = 0; i < 60; i++) {
			assertThat(byHash(mine).status()).isEqualTo(404);
		}
		assertThat(byHash(mine).status()).isEqualTo(429);
		assertThat(byHash(others).status()).isEqualTo(404);
	}

	@Test
	void sixtyCodesAMinuteAreGivenToTheDevicesOfANetwork() {
		Answer registered = this.http.send("POST", "/api/clients", """
				{"name": "tv", "grant_types": ["urn:ietf:params:oauth:grant-type:device_code"], "scopes": ["user:read"],
				 "confidential": false}
				""", Map.of("X-Api-Token", List.of("Bearer " + this.people.raw(this.people.superuser(), "*"))));
		String form = "client_id=" + registered.<String>json("client_id");
		for (int i = 0; i < 60; i++) {
			assertThat(device(form, this.from).status()).isEqualTo(200);
		}
		Answer answer = device(form, this.from);
		assertThat(answer.status()).isEqualTo(429);
		assertThat(answer.<String>json("error")).isEqualTo("rate_limited");
		assertThat(Integer.parseInt(answer.header("Retry-After"))).isBetween(1, 60);
		assertThat(device(form, "198.51.100.77").status()).isEqualTo(200);
	}

	private Answer device(String form, String from) {
		return this.http.sendForm("/oauth2/device_authorization", form, Map.of("X-Forwarded-For", List.of(from)));
	}

	@Test
	void whoMistypesCodesOfDevicesWaitsAndReadsSoInHisLanguage() {
		Visitor visitor = new Visitor(this.http.base()).signIn(this.people.user());
		visitor.get("/account");
		visitor.post("/language", "language", "de");
		HttpResponse<String> answer = visitor.post("/oauth2/device", "user_code", "x");
		for (int i = 0; i < 30 && answer.statusCode() == 422; i++) {
			answer = visitor.post("/oauth2/device", "user_code", "x");
		}
		assertThat(answer.statusCode()).isEqualTo(429);
		assertThat(answer.headers().firstValue("Retry-After")).isPresent();
		assertThat(answer.headers().firstValue("Content-Language")).contains("de");
		assertThat(answer.headers().allValues("Vary")).contains("Accept-Language", "Cookie");
		assertThat(answer.body()).contains("<html lang=\"de\"", "Zu viele Codes, die kein Gerät zeigt.");
	}

	private Answer byHash(String token) {
		return this.http.send("POST", "/api/tokens/revoke-by-hash", "{\"token_hash\":\"%s\"}".formatted("0".repeat(64)),
				Map.of("X-Forwarded-For", List.of(this.from), "X-Api-Token", List.of("Bearer " + token)));
	}

	private Answer asClient(String path, String client) {
		if (path.startsWith("/security")) {
			return send(path, (path.endsWith("/refresh-token") ? REFRESH : SECURITY).formatted(client));
		}
		return this.http.sendForm(path, "grant_type=client_credentials&token=x&client_secret=wrong&client_id=" + client,
				Map.of("X-Forwarded-For", List.of(this.from)));
	}

	private Answer send(String path, String json) {
		return this.http.send("POST", path, json, Map.of("X-Forwarded-For", List.of(this.from)));
	}

	/** For longer than this test takes. */
	private void close(String email, String address) {
		String network = address.substring(0, address.lastIndexOf('.')) + ".0/24";
		this.jdbc.update("""
				insert into sign_in_failure
				values (?, 20, 0, clock_timestamp(), clock_timestamp() + interval '5 minutes', clock_timestamp())
				on conflict (key) do update set failures = 20, blocked_until = excluded.blocked_until""",
				SignInKeys.of(email, network).pair());
	}

	private List<String> statements(String email) {
		return StatementCounter.during(() -> {
			try {
				this.mvc.perform(post("/api/login").contentType("application/json").content(WRONG.formatted(email)));
			}
			catch (Exception ex) {
				throw new IllegalStateException(ex);
			}
		});
	}

}
