package dev.latchkey.session;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.latchkey.caller.User;
import dev.latchkey.scope.RightGiving;
import dev.latchkey.testing.Apps;
import dev.latchkey.testing.ClientRequest;
import dev.latchkey.testing.Forms;
import dev.latchkey.testing.Http;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import dev.latchkey.testing.Routes;
import dev.latchkey.testing.TestClock;
import dev.latchkey.testing.TokenRequest;
import dev.latchkey.testing.Visitor;
import dev.latchkey.token.IssuedToken;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What was typed into a form that gives a right is there again after the password
 * (contract 6), asked of every such form, and of secrets not.
 */
@LatchkeyTest
class KeptFormTests {

	private static final String SECRET = "typed once and never kept";

	@Autowired
	private Http http;

	@Autowired
	private People people;

	@Autowired
	private Routes routes;

	@Autowired
	private Apps apps;

	@Autowired
	private TestClock clock;

	@Autowired
	private JdbcTemplate jdbc;

	private User admin;

	private User other;

	private Visitor visitor;

	private Map<String, Form> forms;

	@BeforeEach
	void signIn() {
		this.admin = this.people.superuser();
		this.other = this.people.user();
		this.visitor = new Visitor(this.http.base()).signIn(this.admin);
		this.visitor.get("/account");
		String token = "/tokens/%s/rotate".formatted(this.people.token(this.admin, "user:read").details().id());
		String user = "/admin/users/" + this.other.id();
		Form newToken = new Form("/tokens/new",
				List.of("name", "Nightly & <b>", "scopes", "user:read", "expiration", "7", "allowedIps", "192.0.2.0/24",
						"rateLimit", "5"),
				List.of("value=\"Nightly &amp; &lt;b&gt;\"", "192.0.2.0/24", "value=\"5\"",
						"value=\"7\" selected=\"selected\"", ticked("scopes", "user:read")));
		Form rotation = new Form(token, List.of("grace", "24", "expiration", "date", "until", "2031-02-03"),
				List.of("value=\"24\" selected=\"selected\"", "value=\"date\" selected=\"selected\"", "2031-02-03"));
		IssuedToken confined = this.people.token(this.admin, TokenRequest.of("user:read").onlyAt("192.0.2.0/24"));
		Form change = new Form("/tokens/%s/edit".formatted(confined.details().id()),
				List.of("name", "Other & <b>", "description", "For the shop", "_scopes", "on", "scopes", "user:read",
						"allowedIps", "198.51.100.0/24"),
				List.of("value=\"Other &amp; &lt;b&gt;\"", "value=\"For the shop\"", "198.51.100.0/24",
						ticked("scopes", "user:read")));
		Form newUser = new Form("/admin/users/new",
				List.of("email", "ada@example.org", "name", "Ada & Co", "password", SECRET, "roles", "ADMIN"),
				List.of("value=\"ada@example.org\"", "value=\"Ada &amp; Co\"", ticked("roles", "ADMIN")));
		Form edited = new Form(user, List.of("name", "Grace", "_roles", "on", "roles", "ADMIN", "keep_tokens", "true"),
				List.of("value=\"Grace\"", ticked("roles", "ADMIN"), ticked("keep_tokens", "true")));
		Form client = new Form("/admin/clients",
				List.of("name", "Shop & Co", "redirectUris", "https://shop.example/back", "audiences",
						"https://parcels.example", "scopes", "notes:read", "grantTypes", "authorization_code",
						"resource", "latchkey"),
				List.of("value=\"Shop &amp; Co\"", ">https://shop.example/back<", ">https://parcels.example<",
						ticked("scopes", "notes:read"), ticked("grantTypes", "authorization_code"),
						"<option[^>]*value=\"latchkey\"[^>]*selected"));
		Form password = new Form("/account", List.of("current", SECRET, "password", SECRET, "end_tokens", "true"),
				List.of(ticked("end_tokens", "true")));
		Form service = new Form("/admin/resources/edit",
				List.of("name", "parcels", "address", "https://parcels.example/a&b", "scopes", "parcels:read USER See"),
				List.of("value=\"parcels\"", "value=\"https://parcels.example/a&amp;b\"", ">parcels:read USER See<"));
		this.forms = Map.of("/tokens/{}/edit", change, "/admin/resources/edit", service, "/tokens/new", newToken,
				"/tokens/{}/rotate", rotation, "/admin/users/new", newUser, "/admin/users/{}", edited, "/admin/clients",
				client, "/account", password);
	}

	@Test
	void everyFormThatGivesARightIsKnownHere() {
		Set<String> found = new HashSet<>();
		for (Routes.Handled one : this.routes.handled()) {
			String path = one.route().path();
			RightGiving giving = RightGiving.of(one.handler());
			if (one.isPage() && one.route().method().equals("POST") && giving != null && giving != RightGiving.NEVER) {
				found.add(path.replaceAll("[0-9a-f-]{36}", "{}"));
			}
		}
		// Nothing is typed there but the code of a device, which its owner still has.
		found.removeAll(List.of("/tokens/{}/resume", "/admin/users/{}/tokens/{}/resume", "/oauth2/device/allow"));
		assertThat(found).containsExactlyInAnyOrderElementsOf(this.forms.keySet());
	}

	@Test
	void whatWasTypedIsThereAfterThePasswordAndOnce() {
		this.forms.values().forEach((form) -> {
			String page = throughThePassword(form);
			String shown = this.visitor.get(page).body();
			form.shown().forEach((part) -> assertThat(shown).as(page).containsPattern(part));
			assertThat(shown).as(page).doesNotContain(SECRET);
			String later = this.visitor.get(page).body();
			assertThat(form.shown()).as(page).anyMatch((part) -> !Pattern.compile(part).matcher(later).find());
		});
	}

	@Test
	void whatWasTickedForAnApplicationIsThereAfterThePassword() {
		String redirect = "https://shop.example/back";
		String clientId = this.apps
			.register(ClientRequest.named("Shop")
				.redirectingTo(redirect)
				.allowed("notes:read", "notes:write")
				.by("authorization_code"))
			.client()
			.clientId();
		String consent = Forms.location(this.visitor.get("/oauth2/authorize?response_type=code&client_id=" + clientId
				+ "&redirect_uri=" + redirect + "&scope=notes:read%20notes:write&code_challenge=" + "a".repeat(43)
				+ "&code_challenge_method=S256"));
		this.visitor.get(consent);
		String state = Forms.query(consent).get("state");
		Form answer = new Form("/oauth2/authorize",
				List.of("client_id", clientId, "state", state, "scope", "notes:write"), List.of());
		String page = throughThePassword(answer);
		assertThat(this.visitor.get(page).body()).containsPattern(ticked("scope", "notes:write"))
			.doesNotContainPattern(ticked("scope", "notes:read"));
		this.clock.advance(Duration.ofMinutes(61));
		HttpResponse<String> denied = this.visitor.post("/oauth2/authorize", "client_id", clientId, "state", state);
		assertThat(denied.headers().firstValue("Location").orElse("")).doesNotEndWith("/login");
	}

	@Test
	void noSecretIsKeptWhereverItIsAskedFor() throws IOException {
		Pattern input = Pattern.compile("<input[^>]*type=\"password\"[^>]*>");
		Set<String> names = new HashSet<>();
		for (Resource page : new PathMatchingResourcePatternResolver()
			.getResources("classpath*:/templates/**/*.html")) {
			names.addAll(input.matcher(page.getContentAsString(StandardCharsets.UTF_8))
				.results()
				.map(MatchResult::group)
				.map(KeptFormTests::name)
				.toList());
		}
		assertThat(names).contains("password").isSubsetOf(ReturnPath.SECRET);
		this.forms.values().forEach((form) -> {
			leaveAlone(form, this.visitor);
			assertThat(this.jdbc.queryForList("select attribute_bytes from web_session_attributes", byte[].class))
				.noneMatch(
						(bytes) -> new String(bytes, StandardCharsets.ISO_8859_1).matches("(?s).*typed.{1,3}once.*"));
		});
	}

	@Test
	void aLinkFillsInNoFormButThatOfATokensOwner() {
		Function<Form, String> query = (form) -> "?" + Forms.form(form.fields().toArray(String[]::new));
		Map<String, Form> closed = new HashMap<>(this.forms);
		closed.remove("/tokens/new");
		closed.forEach((path, form) -> {
			String page = path.equals("/admin/clients") ? "/admin/clients/new" : form.path();
			String shown = this.visitor.get(page + query.apply(form)).body();
			assertThat(form.shown()).as(page).anyMatch((part) -> !Pattern.compile(part).matcher(shown).find());
		});
	}

	@Test
	void whatAnotherOriginSentFillsInNoForm() throws Exception {
		Form edited = this.forms.get("/admin/users/{}");
		CookieManager cookies = new CookieManager();
		HttpClient.newBuilder()
			.cookieHandler(cookies)
			.build()
			.send(HttpRequest.newBuilder(URI.create(this.http.base() + edited.path()))
				.header("Accept", "text/html")
				.header("Origin", "https://evil.example")
				.header("Content-Type", Forms.TYPE)
				.POST(BodyPublishers.ofString(Forms.form(edited.fields().toArray(String[]::new))))
				.build(), BodyHandlers.ofString());
		Visitor victim = new Visitor(this.http.base(), cookies);
		assertThat(Forms.location(victim.signIn(this.admin.email(), People.PASSWORD))).endsWith(edited.path());
		assertThat(victim.get(edited.path()).body()).doesNotContain("value=\"Grace\"");
	}

	@Test
	void anAddressThatNoHeaderHoldsIsNotComeBackTo() {
		this.clock.advance(Duration.ofMinutes(61));
		assertThat(Forms.location(this.visitor.get("/tokens/new?name=" + "x".repeat(9000)))).endsWith("/login");
		this.clock.run();
		assertThat(Forms.location(this.visitor.signIn(this.admin.email(), People.PASSWORD))).endsWith("/tokens");
	}

	@Test
	void nobodyElseWhoSignsInSeesWhatWasTyped() {
		Form form = this.forms.get("/admin/users/new");
		leaveAlone(form, this.visitor);
		this.clock.run();
		this.visitor.signIn(this.people.superuser());
		assertThat(this.visitor.get(form.path()).body()).contains("New user").doesNotContain("ada@example.org");
	}

	/** Returns the page to which the sign-in leads. */
	private String throughThePassword(Form form) {
		HttpResponse<String> asked = leaveAlone(form, this.visitor);
		assertThat(Forms.location(asked)).as(form.path()).endsWith("/login");
		this.clock.run();
		String back = Forms.location(this.visitor.signIn(this.admin.email(), People.PASSWORD));
		return back.replaceFirst("^https?://[^/]+", "");
	}

	private HttpResponse<String> leaveAlone(Form form, Visitor sender) {
		this.clock.advance(Duration.ofMinutes(61));
		return sender.post(form.path(), form.fields().toArray(String[]::new));
	}

	private static String name(String input) {
		Matcher name = Pattern.compile(" name=\"([^\"]+)\"").matcher(input);
		assertThat(name.find()).as(input).isTrue();
		return name.group(1);
	}

	private static String ticked(String name, String value) {
		return "<input type=\"checkbox\" name=\"%s\"(?=[^>]* value=\"%s\")[^>]* checked".formatted(name, value);
	}

	/**
	 * A form, filled in.
	 *
	 * @param path where it is sent
	 * @param fields names and values in turn
	 * @param shown patterns of what its page shows when it is filled in like this
	 */
	private record Form(String path, List<String> fields, List<String> shown) {

	}

}
