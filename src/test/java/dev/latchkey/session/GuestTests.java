package dev.latchkey.session;

import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.latchkey.caller.User;
import dev.latchkey.testing.Apps;
import dev.latchkey.testing.AtOnce;
import dev.latchkey.testing.ClientRequest;
import dev.latchkey.testing.Forms;
import dev.latchkey.testing.Http;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import dev.latchkey.testing.Pkce;
import dev.latchkey.testing.Routes;
import dev.latchkey.testing.Routes.Route;
import dev.latchkey.testing.StatementCounter;
import dev.latchkey.testing.Visitor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.web.util.UriUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.request;

/**
 * Whoever has not signed in costs the database nothing, and comes back to where he was
 * nevertheless.
 */
@LatchkeyTest
class GuestTests {

	private static final String STALE = "This page was out of date.";

	@Autowired
	private Http http;

	@Autowired
	private People people;

	@Autowired
	private Apps apps;

	@Autowired
	private Routes routes;

	@Autowired
	private MockMvc mvc;

	@Autowired
	private JdbcTemplate jdbc;

	private User user;

	private Visitor visitor;

	@BeforeEach
	void comeAsAGuest() {
		this.user = this.people.user();
		this.visitor = new Visitor(this.http.base());
	}

	@Test
	void noPageAndNoFormOfAGuestAsksTheDatabaseAnything() {
		List<Route> pages = this.routes.handled()
			.stream()
			.filter(Routes.Handled::isPage)
			.map(Routes.Handled::route)
			.distinct()
			.toList();
		assertThat(pages).extracting(Route::path).contains("/login", "/tokens", "/audit", "/oauth2/continue");
		List<Route> asked = new ArrayList<>(pages);
		asked.add(new Route("GET", "/nowhere"));
		asked.add(new Route("GET", "/login?expired="));
		asked.add(new Route("POST", "/login?x="));
		for (Route route : asked) {
			assertThat(StatementCounter.during(() -> ask(route))).as(route.toString()).isEmpty();
		}
	}

	/** The keys are read anew, and an application is looked up, known or made up. */
	@Test
	void theKeysAndTheRequestOfAnApplicationAreOneStatement() {
		String known = this.apps
			.register(ClientRequest.named("Some App")
				.redirectingTo("https://app.example/back")
				.allowed("user:read")
				.by("authorization_code"))
			.client()
			.clientId();
		ask(new Route("GET", "/oauth2/jwks"));
		assertThat(StatementCounter.during(() -> ask(new Route("GET", "/oauth2/jwks")))).hasSize(1);
		for (String client : List.of(known, "c-" + UUID.randomUUID(), UUID.randomUUID().toString(), "x",
				"https://localhost/client.json")) {
			for (String redirect : List.of("https://app.example/back", "https://other.example/")) {
				for (String method : List.of("GET", "POST")) {
					Route asked = new Route(method,
							"/oauth2/authorize?" + Forms.form("response_type", "code", "client_id", client,
									"redirect_uri", redirect, "scope", "user:read", "state", "x", "code_challenge",
									Pkce.CHALLENGE, "code_challenge_method", "S256"));
					assertThat(StatementCounter.during(() -> ask(asked))).as(asked.toString())
						.hasSizeLessThanOrEqualTo(1);
				}
			}
		}
	}

	private void ask(Route route) {
		try {
			assertThat(this.mvc
				.perform(request(HttpMethod.valueOf(route.method()), URI.create(route.path())).accept("text/html"))
				.andReturn()
				.getResponse()
				.getStatus()).as(route.toString()).isLessThan(500);
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	void fortyGuestsMakeNoSessionAndOnlyASignInMakesOne() throws Exception {
		AtOnce.each(IntStream.range(0, 40).boxed().toList(), (i) -> {
			Visitor guest = new Visitor(this.http.base());
			guest.get("/tokens?q=" + i);
			assertThat(guest.get("/login").statusCode()).isEqualTo(200);
			return guest.session();
		}).forEach((session) -> assertThat(session).isEmpty());
		this.visitor.get("/tokens");
		this.visitor.get("/login");
		assertThat(this.visitor.post("/login", "email", this.user.email(), "password", "wrong").statusCode())
			.isEqualTo(422);
		assertThat(this.visitor.session()).isEmpty();
		assertThat(this.jdbc.queryForObject("select count(*) from web_session where principal_name is null",
				Integer.class))
			.isZero();
		this.visitor.signIn(this.user);
		assertThat(this.visitor.session()).isNotEmpty();
		assertThat(this.jdbc.queryForObject("select count(*) from web_session where principal_name = ?", Integer.class,
				this.user.id().toString()))
			.isEqualTo(1);
	}

	@Test
	void theCookieOfAGuestIsNoKeyOnceHeHasSignedIn() {
		this.visitor.get("/login");
		String before = this.visitor.csrf();
		this.visitor.signIn(this.user);
		assertThat(cookies(this.visitor)).containsOnlyKeys("latchkey_session");
		assertThat(this.visitor.postForm("/account", Forms.form("_csrf", before, "name", "Mallory")).statusCode())
			.isEqualTo(403);
		this.visitor.get("/account");
		assertThat(this.visitor.post("/account", "name", "Grace").statusCode()).isEqualTo(302);
	}

	@Test
	void theCookiesAreOutOfReachForScriptsAndOtherHosts() throws Exception {
		for (boolean secure : List.of(true, false)) {
			List<String> cookies = new ArrayList<>();
			for (String page : List.of("/login", "/tokens?q=" + "x".repeat(4000))) {
				cookies.addAll(this.mvc.perform(get(page).secure(secure).accept("text/html"))
					.andReturn()
					.getResponse()
					.getHeaders("Set-Cookie"));
			}
			assertThat(cookies).hasSize(3).allSatisfy((cookie) -> {
				assertThat(cookie).contains("HttpOnly", "Path=/").doesNotContain("Domain").hasSizeLessThan(4096);
				assertThat(cookie.startsWith("__Host-latchkey_")).isEqualTo(secure);
				assertThat(cookie.contains("Secure")).isEqualTo(secure);
			});
		}
	}

	@Test
	void anyAddressOfThisServerIsComeBackTo() {
		for (String query : List.of("q=a&state=all", "q=a,b;c", "q=%22%5C%2C%3B%20%E2%82%AC",
				"q=" + "x".repeat(6000))) {
			Visitor guest = new Visitor(this.http.base());
			String asked = "/tokens?" + query;
			assertThat(Forms.location(guest.get(asked))).endsWith("/login");
			guest.get("/login");
			guest.post("/login", "email", this.user.email(), "password", "wrong");
			String back = Forms.location(guest.signIn(this.user.email(), People.PASSWORD));
			assertThat(UriUtils.decode(back, StandardCharsets.UTF_8))
				.endsWith(UriUtils.decode(asked, StandardCharsets.UTF_8));
			assertThat(guest.get("/login").statusCode()).isEqualTo(200);
			assertThat(Forms.location(guest.signIn(this.user.email(), People.PASSWORD))).as("once").endsWith("/tokens");
		}
	}

	@Test
	void whatIsTooLongForABrowserIsNotComeBackTo() {
		this.visitor.get("/tokens?q=first");
		this.visitor.get("/tokens?q=" + "x".repeat(8000));
		assertThat(Forms.location(this.visitor.signIn(this.user.email(), People.PASSWORD))).endsWith("/tokens");
	}

	@Test
	void noCookieLeadsElsewhere() {
		for (String odd : List.of("//evil.example/", "/\\evil.example", "https://evil.example/", "evil.example",
				"///evil.example", "javascript:alert(1)", "/tokens#a#b", "#", "", "/%0d%0aSet-Cookie:x=y#", "\\evil")) {
			Visitor guest = new Visitor(this.http.base());
			cookie(guest, "latchkey_return", odd);
			String back = Forms.location(guest.signIn(this.user.email(), People.PASSWORD));
			assertThat(URI.create(back).getHost()).as(odd).isIn(null, "127.0.0.1", "localhost");
			assertThat(back).as(odd).matches("(https?://[^/]+)?/[^/\\\\].*");
		}
		Visitor guest = new Visitor(this.http.base());
		cookie(guest, "latchkey_return", "");
		cookie(guest, "latchkey_return_2", "//evil.example/");
		assertThat(Forms.location(guest.signIn(this.user.email(), People.PASSWORD))).endsWith("/tokens");
	}

	/** A browser may have lost the second cookie, or have that of another answer. */
	@Test
	void aFormOfWhichAPartIsMissingIsNone() {
		User admin = this.people.superuser();
		for (String odd : List.of("name", "name=%", "name=%zz&x", "&&", "=", "scopes[=x", "scopes%5B9999999999%5D=x",
				"a.b=x", "confidential=perhaps")) {
			Visitor guest = new Visitor(this.http.base());
			cookie(guest, "latchkey_return", "/admin/clients/new#" + odd);
			String back = Forms.location(guest.signIn(admin.email(), People.PASSWORD));
			assertThat(back).as(odd).endsWith("/admin/clients/new");
			assertThat(guest.get(back).statusCode()).as(odd).isEqualTo(200);
		}
	}

	@Test
	void whateverFormIsSentAPageIsComeBackToAndNoSecretIsKept() {
		Visitor admin = new Visitor(this.http.base()).signIn(this.people.superuser());
		List<String> forms = this.routes.handled()
			.stream()
			.filter(Routes.Handled::isPage)
			.map(Routes.Handled::route)
			.filter((route) -> route.method().equals("POST"))
			.map(Route::path)
			.filter((path) -> !List.of("/login", "/logout").contains(path))
			.distinct()
			.toList();
		assertThat(forms).contains("/account/sessions", "/admin/clients", "/login/failed");
		for (String form : forms) {
			Visitor guest = new Visitor(this.http.base());
			String typed = Forms.form("name", "kept", "password", "secret", "current", "secret");
			assertThat(Forms.location(guest.postForm(form, typed))).as(form).endsWith("/login?expired");
			String kept = cookies(guest).get("latchkey_return").getValue();
			assertThat(kept).as(form).endsWith("#name=kept");
			assertThat(admin.get(kept.split("#", 2)[0]).statusCode()).as(form).isIn(200, 404);
		}
	}

	/**
	 * However the form of the sign-in went out of date: it is the person's to send again.
	 */
	@Test
	void aSignInThatWentOutOfDateIsShownAgainWithTheAddressThatWasTyped() {
		this.visitor.get("/tokens?q=kept");
		this.visitor.get("/login");
		String old = this.visitor.csrf();
		CookieManager way = this.visitor.cookies();
		way.getCookieStore()
			.getCookies()
			.stream()
			.filter((cookie) -> cookie.getName().equals("latchkey_csrf"))
			.toList()
			.forEach((cookie) -> way.getCookieStore().remove(URI.create(this.http.base()), cookie));
		HttpResponse<String> again = this.visitor.postForm("/login",
				Forms.form("_csrf", old, "email", this.user.email(), "password", People.PASSWORD));
		assertThat(again.statusCode()).isEqualTo(422);
		assertThat(again.body()).contains(STALE, "value=\"" + this.user.email() + "\"").doesNotContain(People.PASSWORD);
		assertThat(Forms.location(this.visitor.post("/login", "email", this.user.email(), "password", People.PASSWORD)))
			.endsWith("/tokens?q=kept");
		assertThat(this.visitor
			.postForm("/login", Forms.form("_csrf", old, "email", this.user.email(), "password", People.PASSWORD))
			.body()).as("signed in meanwhile").contains(STALE, this.user.email());
		assertThat(new Visitor(this.http.base()).postForm("/login", "").body()).contains(STALE);
	}

	private void cookie(Visitor guest, String name, String value) {
		HttpCookie cookie = new HttpCookie(name, value);
		cookie.setPath("/");
		cookie.setVersion(0);
		guest.cookies().getCookieStore().add(URI.create(this.http.base()), cookie);
	}

	private static Map<String, HttpCookie> cookies(Visitor guest) {
		return guest.cookies()
			.getCookieStore()
			.getCookies()
			.stream()
			.collect(Collectors.toMap(HttpCookie::getName, (cookie) -> cookie));
	}

}
