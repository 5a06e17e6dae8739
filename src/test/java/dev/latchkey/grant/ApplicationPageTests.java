package dev.latchkey.grant;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.latchkey.caller.User;
import dev.latchkey.client.Client;
import dev.latchkey.client.ClientRegistrations;
import dev.latchkey.testing.App;
import dev.latchkey.testing.Apps;
import dev.latchkey.testing.Forms;
import dev.latchkey.testing.Http;
import dev.latchkey.testing.Http.Answer;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import dev.latchkey.testing.Visitor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

@LatchkeyTest
class ApplicationPageTests {

	@Autowired
	private Http http;

	@Autowired
	private People people;

	@Autowired
	private Apps apps;

	@Autowired
	private ClientRegistrations registrations;

	@Autowired
	private JdbcClient jdbc;

	private Visitor browser;

	private final String name = "App " + UUID.randomUUID();

	@BeforeEach
	void signInAsAdministrator() {
		this.browser = new Visitor(this.http.base()).signIn(this.people.admin());
	}

	@Test
	void anAdministratorRegistersAnApplicationAndRemovesIt() {
		HttpResponse<String> made = submit("/admin/clients/new", "/admin/clients", "name", this.name, "audiences",
				" https://rs.example \r\n\r\nparcels", "redirectUris",
				"https://app.example/callback\r\nhttps://app.example/other", "scopes", "notes:read", "grantTypes",
				"authorization_code", "resource", "latchkey", "confidential", "true");
		assertThat(made.statusCode()).isEqualTo(200);
		assertThat(made.headers().firstValue("Cache-Control").orElseThrow()).contains("no-store");
		String secret = find(made.body(), "id=\"client-secret\"[^>]*value=\"([^\"]+)\"");
		String clientId = find(made.body(), "id=\"client-id\"[^>]*value=\"([^\"]+)\"");
		assertThat(secret).hasSize(43);
		Client client = client();
		assertThat(client.clientId()).isEqualTo(clientId);
		assertThat(client.redirectUris()).containsExactly("https://app.example/callback", "https://app.example/other");
		assertThat(client.audiences()).containsExactly("https://rs.example", "parcels");
		assertThat(client.confidential()).isTrue();
		assertThat(client.resource()).isEqualTo("latchkey");
		assertThat(this.browser.get("/admin/clients").body()).contains(this.name).doesNotContain(secret);
		String page = "/admin/clients/" + client.id() + "/remove";
		assertThat(submit(page, page).statusCode()).isEqualTo(302);
		assertThat(this.registrations.find(client.id())).isEmpty();
		assertThat(this.jdbc.sql("select action from audit_event where detail = ? order by id")
			.param(clientId)
			.query(String.class)
			.list()).containsExactly("client.registered", "client.removed");
	}

	@Test
	void faultsStandBesideTheirFieldsAndWhatWasTypedStays() {
		HttpResponse<String> page = submit("/admin/clients/new", "/admin/clients", "name", this.name, "redirectUris",
				"http://evil.example/cb", "audiences", "https://*.example", "grantTypes", "authorization_code",
				"resource", "nobodys");
		assertThat(page.statusCode()).isEqualTo(422);
		assertThat(page.body()).contains(this.name)
			.contains("http://evil.example/cb")
			.contains("https://*.example")
			.contains("The list has an entry that is not acceptable (#1): an absolute URI")
			.contains("not acceptable")
			.contains("must name at least one scope")
			.contains("It must be the name of a resource");
	}

	@Test
	void usersSeeNoneOfThesePages() {
		Visitor user = new Visitor(this.http.base()).signIn(this.people.user());
		assertThat(user.get("/admin/clients").statusCode()).isEqualTo(403);
		assertThat(user.get("/admin/clients/new").statusCode()).isEqualTo(403);
		assertThat(Forms.location(new Visitor(this.http.base()).get("/admin/clients"))).endsWith("/login");
	}

	@Test
	void aUserTakesTheRightAwayOnThePageWithTheTokens() {
		User user = this.people.user();
		this.browser = new Visitor(this.http.base()).signIn(user);
		assertThat(this.browser.get("/tokens").body()).doesNotContain("Connected applications");
		App app = this.apps.own(user);
		Answer tokens = app.signIn(user);
		assertThat(this.browser.get("/tokens").body()).contains("Connected applications").contains(app.id());
		String page = find(this.browser.get("/tokens").body(), "action=\"(/tokens/applications/[^\"]+/withdraw)\"");
		assertThat(this.browser.get(page).body()).contains("Withdraw the access of");
		submit(page, page);
		assertThat(this.http.get("/api/user", tokens.<String>json("access_token")).status()).isEqualTo(401);
		assertThat(this.browser.get("/tokens").body()).doesNotContain("Connected applications");
		Visitor other = new Visitor(this.http.base()).signIn(this.people.user());
		assertThat(other.get(page).statusCode()).isEqualTo(404);
	}

	private HttpResponse<String> submit(String page, String target, String... fields) {
		String csrf = find(this.browser.get(page).body(), "name=\"_csrf\"[^>]*value=\"([^\"]+)\"");
		String form = Forms.form("_csrf", csrf);
		return this.browser.postForm(target, (fields.length > 0) ? form + "&" + Forms.form(fields) : form);
	}

	private Client client() {
		List<Client> clients = this.registrations.list(0, 1000);
		return clients.stream().filter((client) -> client.name().equals(this.name)).findFirst().orElseThrow();
	}

	private static String find(String text, String pattern) {
		Matcher matcher = Pattern.compile(pattern).matcher(text);
		assertThat(matcher.find()).as(text).isTrue();
		return matcher.group(1);
	}

}
