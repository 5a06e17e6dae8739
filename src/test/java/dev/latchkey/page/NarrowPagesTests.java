package dev.latchkey.page;

import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.latchkey.account.NewUser;
import dev.latchkey.account.RawPassword;
import dev.latchkey.account.UserService;
import dev.latchkey.caller.Actor;
import dev.latchkey.caller.User;
import dev.latchkey.client.RegisteredSecret;
import dev.latchkey.scope.Role;
import dev.latchkey.testing.Apps;
import dev.latchkey.testing.ClientRequest;
import dev.latchkey.testing.Forms;
import dev.latchkey.testing.Http;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import dev.latchkey.testing.Pkce;
import dev.latchkey.testing.Routes;
import dev.latchkey.testing.TokenRequest;
import dev.latchkey.testing.Visitor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * No page is wider than a telephone, whatever people have called things.
 */
@LatchkeyTest
@WithChromium
class NarrowPagesTests {

	private static final int WIDTH = 375;

	private static final String LONG = "W".repeat(100);

	/** What sticks out, to be read in a failure. */
	private static final String TOO_WIDE = """
			const wide = [...document.querySelectorAll("body *")].filter((one) =>
				one.getBoundingClientRect().right > %1$d + 1 && !one.closest(".hidden, pre"));
			return document.documentElement.scrollWidth <= %1$d ? [] : [String(document.documentElement.scrollWidth),
				...wide.slice(0, 5).map((one) => one.outerHTML.slice(0, 200))];
			""".formatted(WIDTH);

	/** They answer with files, lead elsewhere, or take no part in the frame. */
	private static final Set<String> NO_PAGES = Set.of("/", "/audit/export", "/admin/tokens/export", "/oauth2/continue",
			"/error");

	@Autowired
	private Http http;

	@Autowired
	private People people;

	@Autowired
	private UserService users;

	@Autowired
	private Apps apps;

	@Autowired
	private Routes routes;

	@Autowired
	private JdbcTemplate jdbc;

	private User user;

	private String resource;

	private Map<String, String> pages;

	@BeforeEach
	void furnish() {
		String domain = String.join(".", "w".repeat(63), "w".repeat(63), "example");
		this.user = this.users.create(Actor.SERVER, new NewUser("w".repeat(27) + UUID.randomUUID() + "@" + domain, LONG,
				new RawPassword(People.PASSWORD), Set.of(Role.SUPERUSER)));
		this.resource = "w".repeat(27) + UUID.randomUUID();
		String address = "https://" + domain + "/" + "w".repeat(150);
		this.http.put("/api/resources/" + this.resource, this.people.raw(this.user, "resources:write"),
				"{\"address\":\"%s\",\"scopes\":[{\"name\":\"w%s:%s\",\"description\":\"%s\",\"role\":\"USER\"}]}"
					.formatted(address, UUID.randomUUID(), "w".repeat(60), LONG));
		String token = token();
		token();
		String resting = token();
		this.jdbc.update("update api_token set suspended_at = now() where id = ?::uuid", resting);
		RegisteredSecret client = this.apps.register(ClientRequest.named(LONG)
			.calledBy("w".repeat(20) + UUID.randomUUID())
			.redirectingTo(address)
			.allowed("notes:read", "notes:write", "user:read")
			.by("authorization_code", "client_credentials"));
		String clientId = this.jdbc.queryForObject("select id::text from oauth_client where client_id = ?",
				String.class, client.client().clientId());
		String asks = "/oauth2/authorize?response_type=code&client_id=" + client.client().clientId()
				+ "&scope=notes:read+user:read&redirect_uri=" + encoded(address)
				+ "&code_challenge_method=S256&code_challenge=" + Pkce.CHALLENGE;
		consent(asks, client.client().clientId());
		String account = "/admin/users/" + this.user.id();
		this.pages = new HashMap<>(Map.of("/tokens/{}", "/tokens/" + token, "/tokens/{}/edit",
				"/tokens/" + token + "/edit", "/tokens/{}/rotate", "/tokens/" + token + "/rotate", "/tokens/{}/revoke",
				"/tokens/" + token + "/revoke", "/tokens/{}/suspend", "/tokens/" + token + "/suspend",
				"/tokens/{}/resume", "/tokens/" + resting + "/resume", "/tokens/revoke",
				"/tokens/revoke?id=" + token + "&id=" + resting, "/oauth2/consent",
				asks.replace("user:read", "notes:write"), "/tokens/applications/{}/withdraw",
				"/tokens/applications/" + clientId + "/withdraw", "/admin/clients/{}/remove",
				"/admin/clients/" + clientId + "/remove"));
		this.pages.putAll(Map.of("/admin/users/{}", account, "/admin/users/{}/disable", account + "/disable",
				"/admin/users/{}/delete", account + "/delete", "/admin/resources/{}/remove",
				"/admin/resources/" + this.resource + "/remove", "/admin/resources/edit",
				"/admin/resources/edit?name=" + this.resource));
		for (String act : List.of("revoke", "suspend", "resume")) {
			this.pages.put("/admin/users/{}/tokens/{}/" + act,
					account + "/tokens/" + (act.equals("resume") ? resting : token) + "/" + act);
		}
		for (String page : List.of("/tokens", "/tokens/new", "/account", "/admin/users", "/admin/users/new",
				"/admin/tokens", "/admin/clients", "/admin/clients/new", "/admin/resources", "/audit", "/login",
				"/logout", "/oauth2/device", "/oauth2/device/deny", "/swagger-ui.html")) {
			this.pages.put(page, page);
		}
	}

	@AfterEach
	void forget() {
		this.jdbc.update("delete from api_token where owner_id = ?", this.user.id());
		this.jdbc.update("delete from protected_resource where name = ?", this.resource);
	}

	@Test
	void everyPageIsKnownHere() {
		Set<String> found = this.routes.handled()
			.stream()
			.filter((one) -> one.isPage() && one.route().method().equals("GET"))
			.map((one) -> one.route().path().replaceAll("[0-9a-f-]{36}", "{}"))
			.filter((path) -> !NO_PAGES.contains(path))
			.collect(Collectors.toCollection(TreeSet::new));
		assertThat(found).isEqualTo(new TreeSet<>(this.pages.keySet()));
	}

	@Test
	void noPageScrollsSideways() {
		Map<String, List<Object>> tooWide = new HashMap<>();
		try (Chromium browser = Chromium.open(this.http.base())) {
			browser.narrow();
			look(browser.go("/nowhere"), "/nowhere as a guest", tooWide);
			browser.go("/login").fill("Email", this.user.email()).fill("Password", "wrong").press("Sign in");
			look(browser.waitUntilSeen("incorrect"), "a sign-in that failed", tooWide);
			browser.signIn(this.user.email(), People.PASSWORD);
			this.pages.forEach((page, path) -> look(browser.go(path), page, tooWide));
			for (String path : List.of("/nowhere", "/tokens?state=all&q=" + LONG, "/tokens?state=revoked",
					"/audit?actor=" + LONG, "/audit?from=" + LONG + "&action=" + LONG, "/admin/users?q=" + LONG,
					"/admin/tokens?owner=" + LONG + "&scope=" + LONG)) {
				look(browser.go(path), path, tooWide);
			}
			browser.go("/tokens").pressInRow(LONG, "Revoke").waitUntilSeen("There is no way back");
			look(browser, "a question above the list", tooWide);
			String token = this.pages.get("/tokens/{}");
			browser.go(token + "/edit").fill("Allowed addresses", LONG).press("Save changes");
			look(browser.waitUntilSeen("Nothing was changed yet"), "an edit that was refused", tooWide);
			look(browser.go("/tokens/new").press("Generate token").waitUntilSeen("was not made yet"), "a refused token",
					tooWide);
			browser.fill("Name", LONG).tick("user:read").press("Generate token");
			look(browser.waitUntilSeen("Your new token"), "a new token", tooWide);
			browser.go(token + "/rotate").press("Rotate token");
			look(browser.waitUntilSeen("Your new token"), "a rotated token", tooWide);
		}
		assertThat(tooWide).isEmpty();
	}

	private static void look(Chromium browser, String page, Map<String, List<Object>> tooWide) {
		Object found = browser.driver().executeScript(TOO_WIDE);
		if (found instanceof List<?> parts && !parts.isEmpty()) {
			tooWide.put(page, new ArrayList<>(parts));
		}
	}

	/** With all that a token can have, and each of it as long as it may be. */
	private String token() {
		List<String> blocks = IntStream.range(0, 20)
			.mapToObj((i) -> "2001:db8:aaaa:bbbb:cccc:dddd:eeee:%x/128".formatted(0xf000 + i))
			.toList();
		String id = this.people
			.token(this.user,
					TokenRequest.of("notes:read", "notes:write", "user:read", "users:write", "tokens:introspect")
						.named(LONG)
						.described("w".repeat(500))
						.onlyAt(blocks)
						.endingIn(5))
			.details()
			.id()
			.toString();
		this.jdbc.update("""
				update api_token set last_used_at = now(), last_used_ip = '2001:db8:aaaa:bbbb:cccc:dddd:eeee:ffff',
				    created_at = now() - interval '300 days' where id = ?::uuid""", id);
		Visitor owner = new Visitor(this.http.base()).signIn(this.user);
		owner.get("/account");
		owner.post("/tokens/" + id + "/edit", "description", "v".repeat(500));
		return id;
	}

	private void consent(String asks, String clientId) {
		Visitor browser = new Visitor(this.http.base()).signIn(this.user);
		HttpResponse<String> asked = browser.get(asks);
		browser.get("/tokens");
		browser.post("/oauth2/authorize", "client_id", clientId, "state",
				Forms.query(Forms.location(asked)).get("state"), "scope", "notes:read", "scope", "user:read");
	}

	private static String encoded(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8);
	}

}
