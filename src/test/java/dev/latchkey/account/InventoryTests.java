package dev.latchkey.account;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.jayway.jsonpath.JsonPath;
import dev.latchkey.caller.User;
import dev.latchkey.testing.Forms;
import dev.latchkey.testing.Http;
import dev.latchkey.testing.Http.Answer;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import dev.latchkey.testing.TestClock;
import dev.latchkey.testing.TokenRequest;
import dev.latchkey.testing.Visitor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Administrators look through everybody's tokens, and take the list along.
 */
@LatchkeyTest
class InventoryTests {

	@Autowired
	private Http http;

	@Autowired
	private People people;

	@Autowired
	private TestClock clock;

	@Autowired
	private JdbcTemplate jdbc;

	private User user;

	private User administrator;

	private String admin;

	@BeforeEach
	void comeAlong() {
		this.user = this.people.user();
		this.administrator = this.people.admin();
		this.admin = this.people.raw(this.administrator, "users:read");
	}

	@Test
	void aTokenStandsThereAsEverywhereWithItsOwner() {
		String raw = this.people.raw(this.user, TokenRequest.of("notes:read").named("Deploy"));
		Answer found = find("owner=" + this.user.id());
		Map<String, Object> item = found.json("items[0]");
		Map<String, Object> owner = JsonPath.read(found.body(), "$.items[0].owner");
		assertThat(owner)
			.isEqualTo(Map.of("id", this.user.id().toString(), "email", this.user.email(), "name", this.user.name()));
		Map<String, Object> elsewhere = this.http.get("/api/users/%s/tokens".formatted(this.user.id()), this.admin)
			.json("items[0]");
		item.remove("owner");
		assertThat(item.remove("scopes_used")).isEqualTo(List.of());
		assertThat(item).isEqualTo(elsewhere).containsEntry("name", "Deploy").doesNotContainKey("token");
		assertThat(found.<Integer>json("total")).isEqualTo(1);
		assertThat(found.<Integer>json("size")).isEqualTo(20);
		assertThat(found.body()).doesNotContain(raw);
	}

	@Test
	void theOwnerIsFoundByAddressToo() {
		this.people.raw(this.user, "notes:read");
		assertThat(names("owner=" + this.user.email().toUpperCase(java.util.Locale.ROOT))).hasSize(1);
		assertThat(names("owner=nobody@nowhere.example")).isEmpty();
		assertThat(names("owner=" + UUID.randomUUID())).isEmpty();
	}

	@Test
	void aScopeFindsWhoHasItByWhateverName() {
		make("plain", "notes:read");
		make("wildcard", "notes:*");
		make("all", "*");
		make("other", "notes:write");
		assertThat(names("scope=notes:read&owner=" + this.user.id())).containsExactlyInAnyOrder("plain", "wildcard",
				"all");
		assertThat(names("scope=notes:*&owner=" + this.user.id())).containsExactlyInAnyOrder("wildcard", "all");
		assertThat(names("scope=*&owner=" + this.user.id())).containsExactly("all");
		assertThat(names("scope=parcels:read&owner=" + this.user.id())).isEmpty();
	}

	@Test
	void aResourceFindsWhatWasMadeForIt() {
		make("ours", "notes:read");
		String theirs = make("theirs", "notes:read");
		this.jdbc.update("update api_token set resources = 'orders parcels' where id = cast(? as uuid)", theirs);
		assertThat(names("resource=latchkey&owner=" + this.user.id())).containsExactly("ours");
		assertThat(names("resource=parcels&owner=" + this.user.id())).containsExactly("theirs");
	}

	@Test
	void unusedIsWhatWasNeitherUsedNorMadeSince() {
		String used = make("used", "notes:read");
		make("never used", "notes:read");
		this.clock.advance(Duration.ofDays(10));
		this.jdbc.update("update api_token set last_used_at = ? where id = cast(? as uuid)",
				java.sql.Timestamp.from(this.clock.instant()), used);
		make("new", "notes:read");
		String since = this.clock.instant().minus(Duration.ofDays(1)).truncatedTo(ChronoUnit.SECONDS).toString();
		this.admin = this.people.raw(this.administrator, "users:read");
		assertThat(names("unused_since=%s&owner=%s".formatted(since, this.user.id()))).containsExactly("never used");
	}

	@Test
	void whatEndsBeforeATimeIsFoundAndWhatHasEndedIsNot() {
		User owner = this.user;
		this.people.raw(owner, TokenRequest.of("notes:read").named("soon").endingIn(3));
		this.people.raw(owner, TokenRequest.of("notes:read").named("later").endingIn(30));
		String revoked = this.people.token(owner, TokenRequest.of("notes:read").named("revoked").endingIn(3))
			.details()
			.id()
			.toString();
		this.http.delete("/api/tokens/" + revoked, this.people.raw(owner, "tokens:write"));
		String before = this.clock.instant().plus(Duration.ofDays(7)).truncatedTo(ChronoUnit.SECONDS).toString();
		assertThat(names("expires_before=%s&owner=%s".formatted(before, owner.id()))).containsExactly("soon");
		assertThat(names("owner=" + owner.id())).doesNotContain("revoked").contains("soon", "later");
	}

	@Test
	void pagesDoNotOverlap() {
		for (int i = 0; i < 5; i++) {
			make("token " + i, "notes:read");
		}
		List<String> first = names("size=3&owner=" + this.user.id());
		List<String> second = names("size=3&page=1&owner=" + this.user.id());
		assertThat(first).hasSize(3).doesNotContainAnyElementsOf(second);
		assertThat(second).hasSize(2);
	}

	@ParameterizedTest
	@CsvSource({ "owner=,owner", "scope=Orders,scope", "scope=,scope", "resource=A,resource",
			"unused_since=yesterday,unused_since", "expires_before=2027-01-01,expires_before", "page=x,page",
			"size=0,size", "state=active,state", "owner=a&owner=b,owner" })
	void whatCannotBeReadIsNamed(String query, String field) {
		Answer refused = find(query);
		assertThat(refused.status()).isEqualTo(422);
		assertThat(refused.<List<String>>json("errors[*].field")).containsExactly(field);
	}

	@Test
	void itIsForAdministratorsWithTheScope() {
		assertThat(this.http.get("/api/admin/tokens").status()).isEqualTo(401);
		assertThat(this.http.get("/api/admin/tokens", this.people.raw(this.user, "*")).code()).isEqualTo("forbidden");
		assertThat(this.http.get("/api/admin/tokens", this.people.raw(this.administrator, "tokens:read")).code())
			.isEqualTo("insufficient_scope");
	}

	@Test
	void linesGiveAllThatTheFilterAdmits() {
		insert(2500);
		Answer lines = export("application/x-ndjson", "owner=" + this.user.id());
		assertThat(lines.header("Content-Type")).isEqualTo("application/x-ndjson");
		assertThat(lines.body().lines().map((line) -> JsonPath.<String>read(line, "$.id")).distinct()).hasSize(2500);
		Map<String, Object> line = JsonPath.read(lines.body().lines().findFirst().orElseThrow(), "$");
		assertThat(line).containsOnlyKeys(find("size=1&owner=" + this.user.id()).<Map<String, Object>>json("items[0]")
			.keySet()
			.toArray(String[]::new));
	}

	@Test
	void theTableIsReadBySpreadsheetsAndRunsNothing() {
		make("=HYPERLINK(\"http://evil.example\")", "notes:read");
		make("a, \"b\"", "notes:read");
		make("\uFF1D1+1", "notes:read");
		make("a;=1+1", "notes:read");
		make("b; \"@c", "notes:read");
		make("well-known; a - b", "notes:read");
		Answer table = export("text/csv", "owner=" + this.user.id());
		assertThat(table.header("Content-Type")).isEqualToIgnoringCase("text/csv;charset=UTF-8");
		assertThat(table.header("Cache-Control")).isEqualTo("no-store");
		assertThat(table.response().headers().allValues("Vary")).contains("Accept");
		List<String> rows = List.of(table.body().split("\r\n"));
		assertThat(rows).hasSize(7);
		assertThat(rows.get(0)).startsWith("\"id\",\"owner_id\",\"owner_email\",\"owner_name\",\"name\"");
		assertThat(table.body()).contains("\"'=HYPERLINK(\"\"http://evil.example\"\")\"", "\"a, \"\"b\"\"\"",
				"\"'\uFF1D1+1\"", "\"a;'=1+1\"", "\"b; \"\"'@c\"", "\"well-known; a - b\"", this.user.email());
		assertThat(rows).allSatisfy((row) -> assertThat(row.split("\",\"", -1)).hasSize(18));
	}

	@Test
	void aTableOfManyIsWhole() {
		insert(2500);
		assertThat(export("text/csv", "owner=" + this.user.id()).body().split("\r\n")).hasSize(2501);
		assertThat(export("text/csv", "owner=" + UUID.randomUUID()).body().split("\r\n")).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "text/csv", "application/x-ndjson" })
	void whatIsExportedHasNoPages(String form) {
		assertThat(export(form, "size=5").<List<String>>json("errors[*].field")).containsExactly("size");
	}

	@Test
	void otherListsHaveNoTable() {
		assertThat(this.http.send("GET", "/api/audit-events", null, Map.of("Authorization",
				List.of("Bearer " + this.people.raw(this.administrator, "audit:read")), "Accept", List.of("text/csv")))
			.status()).isEqualTo(406);
		assertThat(export("text/html", "").status()).isEqualTo(406);
	}

	@Test
	void thePageShowsTheSameAndExportsIt() {
		make("Nightly <b>", "notes:read");
		Visitor visitor = new Visitor(this.http.base()).signIn(this.administrator);
		String page = visitor.get("/admin/tokens?owner=" + this.user.email()).body();
		assertThat(page).contains("Nightly &lt;b&gt;", "1 token", "/admin/users/" + this.user.id());
		assertThat(visitor.get("/admin/tokens?unused_since=x&scope=Y").body()).contains("unused_since-fault",
				"scope-fault");
		HttpResponse<String> file = visitor.get("/admin/tokens/export?form=csv&owner=" + this.user.email());
		assertThat(file.headers().firstValue("Content-Disposition").orElseThrow()).startsWith("attachment")
			.contains(".csv");
		assertThat(file.body()).contains("\"Nightly <b>\"");
		assertThat(visitor.get("/admin/tokens/export?form=ndjson&owner=" + this.user.email()).body())
			.contains("\"name\":\"Nightly <b>\"");
		assertThat(visitor.get("/admin/tokens/export?scope=Y").headers().firstValue("Location").orElseThrow())
			.startsWith("/admin/tokens?")
			.contains("scope=Y");
		assertThat(new Visitor(this.http.base()).signIn(this.user).get("/admin/tokens").statusCode()).isEqualTo(403);
	}

	@Test
	void anAdministratorSuspendsAndResumesThereAfterAQuestion() {
		String raw = this.people.raw(this.user, TokenRequest.of("user:read").named("Nightly"));
		Visitor visitor = new Visitor(this.http.base()).signIn(this.administrator);
		String list = "/admin/tokens?owner=" + this.user.id();
		String suspend = action(visitor.get(list).body(), "suspend");
		assertThat(visitor.get(suspend).body()).contains("Suspend “<bdi>Nightly</bdi>”?",
				"action=\"%s\"".formatted(suspend));
		assertThat(Forms.location(visitor.post(suspend))).endsWith(list);
		assertThat(this.http.get("/api/user", raw).status()).isEqualTo(401);
		String page = visitor.get(list).body();
		assertThat(page).contains("The token is suspended", ">Suspended<");
		String resume = action(page, "resume");
		this.clock.advance(Duration.ofHours(1));
		assertThat(Forms.location(visitor.post(resume))).endsWith("/login");
		visitor.signIn(this.administrator);
		assertThat(visitor.get(resume).body()).contains("Resume “<bdi>Nightly</bdi>”?");
		assertThat(Forms.location(visitor.post(resume))).endsWith(list);
		assertThat(this.http.get("/api/user", raw).status()).isEqualTo(200);
		assertThat(new Visitor(this.http.base()).signIn(this.people.user()).get(suspend).statusCode()).isEqualTo(403);
	}

	@Test
	void anAdministratorRevokesThereAfterAQuestionAndComesBack() {
		String raw = this.people.raw(this.user, TokenRequest.of("user:read").named("Nightly"));
		Visitor visitor = new Visitor(this.http.base()).signIn(this.administrator);
		String list = "/admin/tokens?owner=" + this.user.id();
		String revoke = action(visitor.get(list).body(), "revoke");
		String question = visitor.get(revoke + "?from=inventory&list=owner%3D" + this.user.id()).body();
		assertThat(question).contains("Revoke “<bdi>Nightly</bdi>”?", "name=\"from\" value=\"inventory\"",
				"href=\"%s\"".formatted(list));
		assertThat(this.http.get("/api/user", raw).status()).isEqualTo(200);
		assertThat(
				visitor.post(revoke, "from", "inventory", "list", "owner=" + this.user.id(), "reason", "r".repeat(501))
					.body())
			.contains("reason-fault", "name=\"from\" value=\"inventory\"");
		assertThat(Forms
			.location(visitor.post(revoke, "from", "inventory", "list", "owner=" + this.user.id(), "reason", "left")))
			.endsWith(list);
		assertThat(visitor.get(list).body()).contains("The token “Nightly” is revoked.", "No token matches.");
		assertThat(this.http.get("/api/user", raw).status()).isEqualTo(401);
	}

	private static String action(String page, String last) {
		Matcher found = Pattern.compile("action=\"(/admin/users/[^\"]*/%s)\"".formatted(last)).matcher(page);
		assertThat(found.find()).isTrue();
		return found.group(1);
	}

	private String make(String name, String... scopes) {
		return this.people.token(this.user, TokenRequest.of(scopes).named(name)).details().id().toString();
	}

	private void insert(int rows) {
		this.jdbc.update(
				"""
						insert into api_token (id, owner_id, created_at, digest, kind, hint, name, scopes)
						select gen_random_uuid(), ?, now(), sha256(cast(gen_random_uuid() as text)::bytea), 'p', 'lkp_…', 'x', 'notes:read'
						from generate_series(1, ?)
						""",
				this.user.id(), rows);
	}

	private List<String> names(String query) {
		return find(query).json("items[*].name");
	}

	private Answer find(String query) {
		return this.http.get("/api/admin/tokens?" + query, this.admin);
	}

	private Answer export(String form, String query) {
		return this.http.send("GET", "/api/admin/tokens?" + query, null,
				Map.of("Authorization", List.of("Bearer " + this.admin), "Accept", List.of(form)));
	}

}
