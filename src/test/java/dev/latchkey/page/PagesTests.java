package dev.latchkey.page;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;

import dev.latchkey.account.UserService;
import dev.latchkey.caller.User;
import dev.latchkey.testing.Http;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import dev.latchkey.testing.Visitor;
import dev.latchkey.token.IssuedToken;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the pages answer, without a browser.
 */
@LatchkeyTest
class PagesTests {

	@Autowired
	private Http http;

	@Autowired
	private People people;

	@Autowired
	private UserService users;

	@Autowired
	private JdbcTemplate jdbc;

	@ParameterizedTest
	@ValueSource(strings = { "/login", "/tokens", "/tokens/new", "/account", "/nowhere" })
	void everyPageForbidsFramesInlineScriptsAndOtherHosts(String path) {
		HttpResponse<String> page = signedIn(this.people.user()).get(path);
		assertThat(header(page, "Content-Security-Policy"))
			.contains("default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'",
					"base-uri 'none'")
			.doesNotContain("unsafe");
		assertThat(header(page, "Referrer-Policy")).isEqualTo("same-origin");
		assertThat(header(page, "X-Content-Type-Options")).isEqualTo("nosniff");
		assertThat(header(page, "Cache-Control")).contains("no-store");
		assertThat(page.body()).doesNotContainPattern("(?i) style=| on[a-z]+=|<script>|https?://");
	}

	@Test
	void somebodyElsesTokenIsNotThere() {
		String id = this.people.token(this.people.user(), "user:read").details().id().toString();
		Visitor visitor = signedIn(this.people.user());
		visitor.get("/account");
		for (String path : new String[] { "/edit", "/rotate", "/revoke" }) {
			assertThat(visitor.get("/tokens/" + id + path).statusCode()).isEqualTo(404);
			assertThat(visitor.post("/tokens/" + id + path, "name", "mine").statusCode()).isEqualTo(404);
		}
		assertThat(visitor.get("/tokens/no-id").statusCode()).isEqualTo(404);
	}

	@Test
	void aUserSeesNeitherUsersNorAudit() {
		Visitor visitor = signedIn(this.people.user());
		assertThat(visitor.get("/admin/users").statusCode()).isEqualTo(403);
		HttpResponse<String> refused = visitor.get("/audit");
		assertThat(refused.statusCode()).isEqualTo(403);
		assertThat(refused.body()).contains("The role of the account does not allow this; it takes the role ADMIN.",
				"href=\"/tokens\"", "Sign out");
		assertThat(visitor.get("/tokens").body()).doesNotContain("href=\"/admin/users\"", "href=\"/audit\"");
	}

	@Test
	void anAdministratorMakesChangesAndDisablesAnAccount() {
		Visitor admin = signedIn(this.people.superuser());
		admin.get("/admin/users/new");
		String email = "new-" + UUID.randomUUID() + "@example.com";
		HttpResponse<String> refused = admin.post("/admin/users/new", "email", email, "name", "Somebody New",
				"password", "short", "roles", "USER");
		assertThat(refused.statusCode()).isEqualTo(422);
		assertThat(refused.body()).contains("The password must have at least 15 characters.", email)
			.doesNotContain("\"short\"");
		HttpResponse<String> made = admin.post("/admin/users/new", "email", email, "name", "Somebody New", "password",
				People.PASSWORD, "roles", "USER");
		String page = header(made, "Location");
		assertThat(admin.get(page).body()).contains("Somebody New", email);
		User user = this.users.findByEmail(email).orElseThrow();
		String token = this.people.raw(user, "user:read");
		assertThat(admin.get(page).body()).contains("lkp_…" + token.substring(49));
		admin.post(page, "roles", "GUEST");
		assertThat(this.users.find(user.id()).orElseThrow().roles()).hasToString("[GUEST]");
		assertThat(admin.post(page, "_roles", "on").statusCode()).isEqualTo(422);
		HttpResponse<String> tooLong = admin.post(page, "name", "n".repeat(101));
		assertThat(tooLong.statusCode()).isEqualTo(422);
		assertThat(tooLong.body()).contains("value=\"%s\"".formatted("n".repeat(101)));
		admin.post(page, "enabled", "false");
		assertThat(this.http.get("/api/user", token).status()).isEqualTo(401);
		assertThat(admin.post(page + "/delete").statusCode()).isEqualTo(302);
		assertThat(admin.get(page).statusCode()).isEqualTo(404);
	}

	@Test
	void whoHasDeletedAnAccountIsBackAtTheListThatWasFiltered() {
		User user = this.people.user();
		Visitor admin = signedIn(this.people.superuser());
		String list = "q=" + user.id();
		String page = "/admin/users/" + user.id();
		assertThat(admin.get("/admin/users?q=" + user.email()).body()).contains(page + "?list=q");
		assertThat(admin.get(page + "?list=" + list.replace("=", "%3D")).body())
			.contains("href=\"/admin/users?" + list + "\"", "name=\"list\" value=\"" + list + "\"");
		assertThat(header(admin.post(page, "name", "Another", "list", list), "Location"))
			.endsWith(page + "?list=" + list.replace("=", "%3D"));
		assertThat(header(admin.post(page + "/delete", "list", list), "Location")).endsWith("/admin/users?" + list);
	}

	/**
	 * A browser writes what stands in a field of the type email as it likes, and counts a
	 * name in halves of characters.
	 */
	@Test
	void addressesAndNamesCanBeTypedAsTheyAre() {
		Visitor admin = new Visitor(this.http.base());
		assertThat(admin.get("/login").body()).contains("name=\"email\"").doesNotContain("type=\"email\"");
		admin.signIn(this.people.superuser().email(), People.PASSWORD);
		assertThat(admin.get("/admin/users/new").body()).contains("name=\"email\"").doesNotContain("type=\"email\"");
		String name = "👍".repeat(60);
		assertThat(admin.get("/admin/clients/new").body()).contains("maxlength=\"200\"");
		assertThat(admin
			.post("/admin/clients", "name", name, "scopes", "user:read", "grantTypes", "client_credentials",
					"confidential", "true")
			.body()).contains(name);
		assertThat(admin.post("/account", "name", "a\u202eb").statusCode()).isEqualTo(422);
		String email = "jo\u0308rg-" + UUID.randomUUID() + "@example.com";
		admin.get("/admin/users/new");
		assertThat(admin
			.post("/admin/users/new", "email", " " + email + " ", "name", name, "password", People.PASSWORD, "roles",
					"USER")
			.statusCode()).isEqualTo(302);
		assertThat(header(new Visitor(this.http.base()).signIn(email, People.PASSWORD), "Location"))
			.endsWith("/tokens");
	}

	@Test
	void anAdministratorRevokesSomebodysToken() {
		User user = this.people.user();
		IssuedToken token = this.people.token(user, "user:read");
		Visitor admin = signedIn(this.people.admin());
		String path = "/admin/users/" + user.id() + "/tokens/" + token.details().id() + "/revoke";
		assertThat(admin.get(path).body()).contains("There is no way back");
		assertThat(header(admin.post(path), "Location")).isEqualTo("/admin/users/" + user.id());
		assertThat(this.http.get("/api/user", token.raw().reveal()).status()).isEqualTo(401);
	}

	@Test
	void whoDisablesHimselfIsOutAndSeesNoFailure() {
		this.people.superuser();
		User user = this.people.superuser();
		Visitor admin = signedIn(user);
		String page = "/admin/users/" + user.id();
		assertThat(admin.get(page + "/disable").body()).contains("Every token and session");
		assertThat(admin.post(page, "enabled", "false").statusCode()).isEqualTo(302);
		assertThat(header(admin.get(page), "Location")).contains("/login");
	}

	@Test
	void onlyASuperuserIsOfferedToMakeAdministrators() {
		assertThat(signedIn(this.people.admin()).get("/admin/users/new").body()).doesNotContain("value=\"ADMIN\"");
		assertThat(signedIn(this.people.superuser()).get("/admin/users/new").body()).contains("value=\"ADMIN\"");
	}

	@Test
	void revokingTakesDescendantsAlongWhenAskedTo() {
		User user = this.people.user();
		IssuedToken parent = this.people.token(user, "user:read", "tokens:write");
		String child = this.http
			.post("/api/tokens", parent.raw().reveal(), "{\"name\":\"child\",\"scopes\":[\"user:read\"]}")
			.json("token");
		Visitor visitor = signedIn(user);
		visitor.get("/tokens/" + parent.details().id() + "/revoke");
		visitor.post("/tokens/" + parent.details().id() + "/revoke", "descendants", "true");
		assertThat(this.http.get("/api/user", child).status()).isEqualTo(401);
	}

	@Test
	void aTokenThatSomebodyUsedAfterItsRotationIsWarnedOf() {
		User user = this.people.user();
		IssuedToken token = this.people.token(user, "user:read");
		Visitor visitor = signedIn(user);
		assertThat(visitor.get("/tokens").body()).doesNotContain("was used after it had been rotated");
		visitor.get("/tokens/" + token.details().id() + "/rotate");
		assertThat(visitor.post("/tokens/" + token.details().id() + "/rotate", "grace", "0").body()).contains("lkp_");
		assertThat(visitor.post("/tokens/" + token.details().id() + "/rotate", "grace", "0").statusCode())
			.as("a second time")
			.isEqualTo(302);
		this.jdbc.update("insert into audit_event (at, action, owner_id, token_id) values (now(), "
				+ "'token.reuse_detected', ?, ?)", user.id(), token.details().id());
		assertThat(visitor.get("/tokens").body()).contains("was used after it had been rotated",
				"revoke all that came of the rotation");
		for (String column : List.of("revoked_at", "expires_at")) {
			this.jdbc.update("update api_token set revoked_at = null, expires_at = null where owner_id = ?", user.id());
			this.jdbc.update("update api_token set " + column + " = now() + interval '1 hour' where owner_id = ?",
					user.id());
			assertThat(visitor.get("/tokens").body()).as(column).contains("revoke all that came of the rotation");
			this.jdbc.update("update api_token set " + column + " = now() - interval '1 hour' where owner_id = ?",
					user.id());
			assertThat(visitor.get("/tokens").body()).as(column)
				.contains("was used after it had been rotated", "there is nothing left to end")
				.doesNotContain("revoke all that came of the rotation");
		}
		assertThat(signedIn(this.people.user()).get("/tokens").body())
			.doesNotContain("was used after it had been rotated");
	}

	@Test
	void severalTokensUsedAfterTheirRotationAreOneWarningTheLatestFirst() {
		User user = this.people.user();
		for (int i = 0; i < 3; i++) {
			this.jdbc.update("insert into audit_event (at, action, owner_id, token_id) values (now() - ? * interval "
					+ "'1 hour', 'token.reuse_detected', ?, ?)", i, user.id(), token(user, "reused-" + i));
		}
		String page = signedIn(user).get("/tokens").body();
		assertThat(page).containsOnlyOnce("were used after they had been rotated");
		String warning = page.substring(page.indexOf("notice bad"), page.indexOf("were used"));
		assertThat(warning).containsSubsequence("reused-0", "reused-1", "reused-2");
	}

	private UUID token(User user, String name) {
		return UUID.fromString(
				this.http
					.post("/api/tokens", this.people.raw(user, "*"),
							"{\"name\":\"%s\",\"scopes\":[\"user:read\"]}".formatted(name))
					.json("id"));
	}

	@Test
	void theAuditIsFilteredAndSaysWhatIsNoDay() {
		User user = this.people.user();
		signedIn(user);
		Visitor admin = signedIn(this.people.admin());
		assertThat(admin.get("/audit?action=login.succeeded&actor=" + user.email()).body()).contains("1 event<",
				user.email());
		assertThat(admin.get("/audit?from=2001-01-01&to=2001-01-02").body()).contains("0 events");
		assertThat(admin.get("/audit?from=yesterday").body()).contains("This is not a date", "yesterday", "0 events");
	}

	@Test
	void anActionThatThereIsNotIsNamedBesideItsFieldAndKept() {
		Visitor admin = signedIn(this.people.admin());
		String page = admin.get("/audit?action=token.craeted&from=2001-01-01").body();
		assertThat(page).contains("There is no such action.", "id=\"action-fault\"",
				"<option value=\"token.craeted\" selected", "value=\"2001-01-01\"", "0 events");
		assertThat(admin.get("/audit?action=login.succeeded").body())
			.containsPattern("<option value=\"login.succeeded\" selected")
			.doesNotContain("There is no such action.");
	}

	@Test
	void theAuditSaysWithWhatAndWhatChanged() {
		User user = this.people.user();
		IssuedToken token = this.people.token(user, "*");
		String id = token.details().id().toString();
		this.http.patch("/api/tokens/" + id, token.raw().reveal(), "{\"name\":\"Nightly report\"}");
		String page = signedIn(this.people.admin()).get("/audit?action=token.changed&actor=" + user.id()).body();
		assertThat(page)
			.contains("with the token “Nightly report” lkp_…", "<code>" + id + "</code>",
					"<strong>Token changed</strong>", "<code>token.changed</code>")
			.containsPattern("Name:</span>\\s*<bdi>test</bdi> →\\s*<bdi>Nightly report</bdi>");
	}

	@Test
	void whatThePageShowsIsExportedAsAFile() {
		User user = this.people.user();
		signedIn(user);
		Visitor admin = signedIn(this.people.admin());
		String filter = "actor=" + user.email().replace("@", "%40") + "&action=login.succeeded&from=2001-01-01&to=";
		assertThat(admin.get("/audit?" + filter).body().replace("&amp;", "&")).contains("Export as JSON lines",
				"/audit/export?actor=" + user.email());
		HttpResponse<String> file = admin.get("/audit/export?" + filter);
		assertThat(file.statusCode()).isEqualTo(200);
		assertThat(header(file, "Content-Type")).isEqualTo("application/x-ndjson");
		assertThat(header(file, "Content-Disposition")).matches("attachment; filename=\"audit-[0-9-]{10}\\.ndjson\"");
		assertThat(file.body().lines()).singleElement().asString().contains("login.succeeded", user.email());
	}

	@Test
	void aFilterThatCannotBeReadIsNotExported() {
		Visitor admin = signedIn(this.people.admin());
		HttpResponse<String> back = admin.get("/audit/export?from=yesterday");
		assertThat(back.statusCode()).isEqualTo(302);
		assertThat(header(back, "Location")).contains("/audit?").contains("from=yesterday");
		assertThat(signedIn(this.people.user()).get("/audit/export").statusCode()).isEqualTo(403);
	}

	@Test
	void aTokenAndItsSuccessorLeadToEachOther() {
		User user = this.people.user();
		String old = this.people.token(user, "user:read").details().id().toString();
		Visitor visitor = signedIn(user);
		assertThat(visitor.get("/tokens/" + old).body()).doesNotContain("Rotated to", "Successor of");
		visitor.get("/tokens/" + old + "/rotate");
		visitor.post("/tokens/" + old + "/rotate", "grace", "1");
		String now = this.jdbc.queryForObject("select id::text from api_token where predecessor_id = ?::uuid",
				String.class, old);
		assertThat(visitor.get("/tokens/" + old).body()).containsPattern("Rotated to</dt><dd><a href=\"/tokens/" + now)
			.doesNotContain("Successor of");
		assertThat(visitor.get("/tokens/" + now).body())
			.containsPattern("Successor of</dt><dd><a href=\"/tokens/" + old)
			.doesNotContain("Rotated to");
		assertThat(visitor.get("/tokens/" + old).body())
			.containsPattern("New token:</span>\\s*<a href=\"/tokens/" + now);
		assertThat(visitor.get("/tokens/" + now).body())
			.containsPattern("Old token:</span>\\s*<a href=\"/tokens/" + old);
		this.jdbc.update("delete from api_token where id = ?::uuid", old);
		assertThat(visitor.get("/tokens/" + now).body()).doesNotContain("Successor of");
	}

	@Test
	void aNewPasswordNeedsTheOldOne() {
		Visitor visitor = signedIn(this.people.user());
		visitor.get("/account");
		HttpResponse<String> refused = visitor.post("/account", "current", "guessed", "password", "another battery");
		assertThat(refused.statusCode()).isEqualTo(422);
		assertThat(refused.body()).contains("This is not your password.").doesNotContain("guessed");
	}

	@Test
	void whatIsKeptAcrossVersionsHasItsHashInItsName() {
		Visitor visitor = new Visitor(this.http.base());
		String style = visitor.get("/login")
			.body()
			.replaceAll("(?s).*href=\"(/css/latchkey-[0-9a-f]{32}\\.css)\".*", "$1");
		HttpResponse<String> file = visitor.get(style);
		assertThat(file.statusCode()).isEqualTo(200);
		assertThat(header(file, "Cache-Control")).contains("max-age").doesNotContain("no-store");
		assertThat(file.headers().firstValue("Set-Cookie")).isEmpty();
		assertThat(visitor.get("/webjars/picocss__pico/2.1.1/css/pico.min.css").statusCode()).isEqualTo(200);
	}

	private Visitor signedIn(User user) {
		Visitor visitor = new Visitor(this.http.base());
		visitor.signIn(user.email(), People.PASSWORD);
		return visitor;
	}

	private static String header(HttpResponse<?> answer, String name) {
		return answer.headers().firstValue(name).orElse("");
	}

}
