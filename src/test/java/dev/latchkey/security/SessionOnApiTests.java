package dev.latchkey.security;

import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.latchkey.caller.User;
import dev.latchkey.testing.Forms;
import dev.latchkey.testing.Http;
import dev.latchkey.testing.Http.Answer;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import dev.latchkey.testing.TestClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a web session may do on the API, and what it may not once a header comes along.
 */
@LatchkeyTest
class SessionOnApiTests {

	private static final Pattern CSRF = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"");

	static {
		System.setProperty("jdk.httpclient.allowRestrictedHeaders", "origin");
	}

	@Autowired
	private Http http;

	@Autowired
	private People people;

	@Autowired
	private TestClock clock;

	private HttpClient browser;

	private User user;

	@BeforeEach
	void signIn() throws Exception {
		this.browser = HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
		this.user = this.people.user();
		String form = "email=%s&password=%s&_csrf=%s".formatted(encode(this.user.email()), encode(People.PASSWORD),
				encode(csrf("/login")));
		HttpResponse<String> answer = this.browser.send(HttpRequest.newBuilder(URI.create(this.http.base() + "/login"))
			.header("Content-Type", Forms.TYPE)
			.POST(BodyPublishers.ofString(form))
			.build(), BodyHandlers.ofString());
		assertThat(answer.statusCode()).isEqualTo(302);
	}

	@Test
	void aSessionHasAllScopesOfItsRolesAndNoToken() throws Exception {
		Answer answer = send("GET", "/api/user", null);
		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.<String>json("email")).isEqualTo(this.user.email());
		assertThat(answer.<Object>json("token")).isNull();
		assertThat(send("GET", "/api/notes", null).status()).isEqualTo(200);
		assertThat(send("GET", "/api/users", null).code()).isEqualTo("forbidden");
		assertThat(send("GET", "/api/tokens/current", null).code()).isEqualTo("not_found");
	}

	@Test
	void withAHeaderTheHeaderAloneDecides() throws Exception {
		String reader = "Bearer " + this.people.raw(this.user, "notes:read");
		assertThat(send("GET", "/api/notes", null, "Authorization", reader).status()).isEqualTo(200);
		assertThat(send("GET", "/api/user", null, "Authorization", reader).code()).isEqualTo("insufficient_scope");
		assertThat(send("POST", "/api/notes", "{\"text\":\"tea\",\"copies\":1}", "Authorization", reader,
				"X-CSRF-TOKEN", csrf("/tokens/new"))
			.code()).isEqualTo("insufficient_scope");
	}

	@ParameterizedTest
	@ValueSource(strings = { "Basic eDp5", "Bearer nonsense", "Bearer", "" })
	void aHeaderThatIsOfNoUseIsNotMadeUpForByTheSession(String header) throws Exception {
		assertThat(send("GET", "/api/user", null, "Authorization", header).status()).isIn(400, 401);
	}

	@Test
	void aTokenNeedsNoCsrfTokenEvenIfASessionComesAlong() throws Exception {
		String writer = "Bearer " + this.people.raw(this.user, "notes:write");
		assertThat(send("POST", "/api/notes", "{\"text\":\"tea\",\"copies\":1}", "Authorization", writer).status())
			.isEqualTo(201);
	}

	@Test
	void aChangeBySessionNeedsItsCsrfToken() throws Exception {
		String note = "{\"text\":\"tea\",\"copies\":1}";
		for (String wrong : new String[] { null, "nonsense", csrf("/tokens/new").substring(1) }) {
			Answer refused = (wrong != null) ? send("POST", "/api/notes", note, "X-CSRF-TOKEN", wrong)
					: send("POST", "/api/notes", note);
			assertThat(refused.status()).isEqualTo(403);
			assertThat(refused.code()).isEqualTo("forbidden");
			assertThat(refused.header("Content-Type")).startsWith("application/problem+json");
		}
		assertThat(send("DELETE", "/api/tokens", null).code()).isEqualTo("forbidden");
		assertThat(send("GET", "/api/notes", null).<Integer>json("total")).isZero();
		assertThat(send("POST", "/api/notes", note, "X-CSRF-TOKEN", csrf("/tokens/new")).status()).isEqualTo(201);
	}

	@Test
	void anotherOriginDoesNotReachTheSession() throws Exception {
		assertThat(send("GET", "/api/user", null, "Origin", "https://evil.example").code()).isEqualTo("forbidden");
		assertThat(send("GET", "/api/user", null, "Origin", this.http.base()).status()).isEqualTo(200);
	}

	@Test
	void aDisabledUserLosesTheSessionAtOnce() throws Exception {
		this.people.disable(this.user);
		assertThat(send("GET", "/api/user", null).code()).isEqualTo("authentication_required");
	}

	@Test
	void anOldSessionGetsNoTokenUnlessTheCallHasOneOfItsOwn() throws Exception {
		String[] csrf = { "X-CSRF-TOKEN", csrf("/tokens/new") };
		String wanted = "{\"name\":\"x\",\"scopes\":[\"tokens:read\"]}";
		Answer made = send("POST", "/api/tokens", wanted, csrf);
		assertThat(made.status()).isEqualTo(201);
		String rotate = "/api/tokens/%s/rotate".formatted(made.<String>json("id"));
		this.clock.advance(Duration.ofHours(1));
		for (String path : List.of("/api/tokens", rotate)) {
			Answer refused = send("POST", path, path.equals(rotate) ? "{}" : wanted, csrf);
			assertThat(refused.status()).isEqualTo(403);
			assertThat(refused.code()).isEqualTo("forbidden");
			assertThat(refused.<String>json("detail")).contains("sign in again");
		}
		assertThat(send("GET", "/api/tokens", null).status()).isEqualTo(200);
		String writer = "Bearer " + this.people.raw(this.user, "tokens:*");
		assertThat(send("POST", "/api/tokens", wanted, "Authorization", writer).status()).isEqualTo(201);
	}

	@Test
	void loggingOutEndsTheSession() throws Exception {
		assertThat(send("POST", "/api/logout", null, "X-CSRF-TOKEN", csrf("/tokens/new")).status()).isEqualTo(200);
		assertThat(send("GET", "/api/user", null).code()).isEqualTo("authentication_required");
	}

	private String csrf(String page) throws Exception {
		Matcher found = CSRF.matcher(send("GET", page, null).body());
		assertThat(found.find()).isTrue();
		return found.group(1);
	}

	private Answer send(String method, String path, String json, String... headers) throws Exception {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(this.http.base() + path))
			.method(method, (json != null) ? BodyPublishers.ofString(json) : BodyPublishers.noBody());
		List<String> all = new ArrayList<>(List.of(headers));
		if (json != null) {
			all.addAll(List.of("Content-Type", "application/json"));
		}
		if (!all.isEmpty()) {
			request.headers(all.toArray(String[]::new));
		}
		return new Answer(this.browser.send(request.build(), BodyHandlers.ofString()));
	}

	private static String encode(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8);
	}

}
