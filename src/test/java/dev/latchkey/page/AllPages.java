package dev.latchkey.page;

import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
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
import dev.latchkey.testing.People;
import dev.latchkey.testing.Pkce;
import dev.latchkey.testing.TokenRequest;
import dev.latchkey.testing.Visitor;

import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Every page there is, with the longest that people may have called things: for tests
 * that look at all of them.
 */
class AllPages {

	/** What things are called. */
	static final String LONG = "W".repeat(100);

	private final Http http;

	private final People people;

	private final UserService users;

	private final Apps apps;

	private final JdbcTemplate jdbc;

	AllPages(ApplicationContext context) {
		this.http = context.getBean(Http.class);
		this.people = context.getBean(People.class);
		this.users = context.getBean(UserService.class);
		this.apps = context.getBean(Apps.class);
		this.jdbc = context.getBean(JdbcTemplate.class);
	}

	/**
	 * Makes all that they show.
	 */
	Furnished furnish() {
		String domain = String.join(".", "w".repeat(63), "w".repeat(63), "example");
		User user = this.users.create(Actor.SERVER, new NewUser("w".repeat(27) + UUID.randomUUID() + "@" + domain, LONG,
				new RawPassword(People.PASSWORD), Set.of(Role.SUPERUSER)));
		String resource = "w".repeat(27) + UUID.randomUUID();
		String address = "https://" + domain + "/" + "w".repeat(150);
		this.http.put("/api/resources/" + resource, this.people.raw(user, "resources:write"),
				"{\"address\":\"%s\",\"scopes\":[{\"name\":\"w%s:%s\",\"description\":\"%s\",\"role\":\"USER\"}]}"
					.formatted(address, UUID.randomUUID(), "w".repeat(60), LONG));
		String token = token(user);
		token(user);
		String resting = token(user);
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
		consent(user, asks, client.client().clientId());
		String account = "/admin/users/" + user.id();
		Map<String, String> pages = new HashMap<>(Map.of("/tokens/{}", "/tokens/" + token, "/tokens/{}/edit",
				"/tokens/" + token + "/edit", "/tokens/{}/rotate", "/tokens/" + token + "/rotate", "/tokens/{}/revoke",
				"/tokens/" + token + "/revoke", "/tokens/{}/suspend", "/tokens/" + token + "/suspend",
				"/tokens/{}/resume", "/tokens/" + resting + "/resume", "/tokens/revoke",
				"/tokens/revoke?id=" + token + "&id=" + resting, "/oauth2/consent",
				asks.replace("user:read", "notes:write"), "/tokens/applications/{}/withdraw",
				"/tokens/applications/" + clientId + "/withdraw", "/admin/clients/{}/remove",
				"/admin/clients/" + clientId + "/remove"));
		pages.putAll(Map.of("/admin/users/{}", account, "/admin/users/{}/disable", account + "/disable",
				"/admin/users/{}/delete", account + "/delete", "/admin/resources/{}/remove",
				"/admin/resources/" + resource + "/remove", "/admin/resources/edit",
				"/admin/resources/edit?name=" + resource));
		for (String act : List.of("revoke", "suspend", "resume")) {
			pages.put("/admin/users/{}/tokens/{}/" + act,
					account + "/tokens/" + (act.equals("resume") ? resting : token) + "/" + act);
		}
		for (String page : List.of("/tokens", "/tokens/new", "/account", "/admin/users", "/admin/users/new",
				"/admin/tokens", "/admin/clients", "/admin/clients/new", "/admin/resources", "/audit", "/login",
				"/logout", "/oauth2/device", "/oauth2/device/deny", "/swagger-ui.html")) {
			pages.put(page, page);
		}
		return new Furnished(user, resource, pages);
	}

	/**
	 * Takes away what others would stumble over.
	 */
	void forget(Furnished made) {
		this.jdbc.update("delete from api_token where owner_id = ?", made.user().id());
		this.jdbc.update("delete from protected_resource where name = ?", made.resource());
	}

	/** With all that a token can have, and each of it as long as it may be. */
	private String token(User user) {
		List<String> blocks = IntStream.range(0, 20)
			.mapToObj((i) -> "2001:db8:aaaa:bbbb:cccc:dddd:eeee:%x/128".formatted(0xf000 + i))
			.toList();
		String id = this.people
			.token(user,
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
		Visitor owner = new Visitor(this.http.base()).signIn(user);
		owner.get("/account");
		owner.post("/tokens/" + id + "/edit", "description", "v".repeat(500));
		return id;
	}

	private void consent(User user, String asks, String clientId) {
		Visitor browser = new Visitor(this.http.base()).signIn(user);
		HttpResponse<String> asked = browser.get(asks);
		browser.get("/tokens");
		browser.post("/oauth2/authorize", "client_id", clientId, "state",
				Forms.query(Forms.location(asked)).get("state"), "scope", "notes:read", "scope", "user:read");
	}

	private static String encoded(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8);
	}

	/**
	 * What was made.
	 *
	 * @param user a superuser, who owns the tokens
	 * @param resource a service
	 * @param pages the addresses of the pages, by what the routes are called
	 */
	record Furnished(User user, String resource, Map<String, String> pages) {

	}

}
