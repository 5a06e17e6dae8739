package dev.latchkey.page;

import java.net.http.HttpResponse;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;

import dev.latchkey.caller.Actor;
import dev.latchkey.caller.User;
import dev.latchkey.testing.Http;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import dev.latchkey.testing.StatementCounter;
import dev.latchkey.testing.TestClock;
import dev.latchkey.testing.TokenRequest;
import dev.latchkey.testing.Visitor;
import dev.latchkey.token.IssuedToken;
import dev.latchkey.token.TokenDetails;
import dev.latchkey.token.TokenQueries;
import dev.latchkey.token.TokenRevocation;
import dev.latchkey.token.TokenState;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What owners see of their tokens and do with them at the pages.
 */
@LatchkeyTest
class TokenPagesTests {

	/** A filter, as the list writes it into what it asks. */
	private static final String PLACE = "state=all&q=shop%20%26%20co&sort=name";

	@Autowired
	private Http http;

	@Autowired
	private People people;

	@Autowired
	private JdbcTemplate jdbc;

	@Autowired
	private TestClock clock;

	@Autowired
	private TokenQueries tokens;

	@Autowired
	private TokenRevocation revocation;

	private User user;

	private Visitor visitor;

	@BeforeEach
	void signIn() {
		this.user = this.people.user();
		this.visitor = new Visitor(this.http.base()).signIn(this.user);
		this.visitor.get("/account");
	}

	@Test
	void theListTellsItsQuestionsWhereInItSomebodyIs() {
		made("shop & co");
		String list = unescaped(this.visitor.get("/tokens?state=all&q=shop+%26+co&sort=name").body());
		assertThat(list).contains("name=\"list\" value=\"" + PLACE + "\"");
	}

	@ParameterizedTest
	@ValueSource(strings = { "revoke", "rotate" })
	void anActLeadsBackToTheListAsItWas(String act) {
		String path = "/tokens/%s/%s".formatted(made("shop & co"), act);
		String question = this.visitor.get(path + "?list=" + encoded(PLACE)).body();
		assertThat(unescaped(question)).contains("name=\"list\" value=\"" + PLACE + "\"",
				"href=\"/tokens?" + PLACE + "\"");
		HttpResponse<String> answer = this.visitor.post(path, "list", PLACE, "grace", "0");
		if (act.equals("rotate")) {
			assertThat(unescaped(answer.body())).contains("href=\"/tokens?" + PLACE + "\"");
			answer = this.visitor.post(path, "list", PLACE, "grace", "0");
		}
		assertThat(location(answer)).isEqualTo("/tokens?" + PLACE);
	}

	@ParameterizedTest
	@ValueSource(strings = { "suspend", "resume", "edit" })
	void anActOnTheTokensPageLeadsBackToItAndFromThereToTheList(String act) {
		String page = "/tokens/" + made("shop & co");
		if (act.equals("resume")) {
			this.visitor.post(page + "/suspend");
		}
		String back = location(this.visitor.post(page + "/" + act, "list", PLACE));
		assertThat(back).startsWith(page + "?list=");
		assertThat(unescaped(this.visitor.get(back).body())).contains("<a href=\"/tokens?" + PLACE + "\"");
	}

	@Test
	void anAdministratorComesBackToTheTokensThatHeHadFound() {
		Visitor admin = new Visitor(this.http.base()).signIn(this.people.admin());
		String token = made("shop");
		String found = "owner=" + this.user.email().replace("@", "%40") + "&scope=user%3Aread";
		String list = unescaped(admin.get("/admin/tokens?" + found).body());
		assertThat(list).contains("name=\"list\" value=\"" + found + "\"");
		String path = "/admin/users/%s/tokens/%s/suspend".formatted(this.user.id(), token);
		assertThat(location(admin.post(path, "list", found))).isEqualTo("/admin/tokens?" + found);
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://elsewhere.example", "//elsewhere.example", "next=https://elsewhere.example",
			"q=%zz", "=", "@elsewhere.example", "\r\nSet-Cookie: a=b" })
	void aPlaceThatNoListWroteIsTheBeginning(String place) {
		HttpResponse<String> answer = this.visitor.post("/tokens/" + made("x") + "/revoke", "list", place);
		assertThat(location(answer)).isEqualTo("/tokens");
		assertThat(answer.headers().firstValue("Set-Cookie").orElse("")).doesNotContain("a=b");
	}

	@Test
	void severalTokensAreRevokedAfterOneQuestion() {
		String one = made("one");
		String other = made("other");
		String third = made("third");
		assertThat(this.visitor.get("/tokens").body()).contains("name=\"id\" form=\"several\" value=\"" + one + "\"",
				"Revoke the chosen ones");
		String question = this.visitor.get("/tokens/revoke?id=%s&id=%s&list=%s".formatted(one, other, encoded(PLACE)))
			.body();
		assertThat(question).contains("Revoke 2 tokens?", ">one<", ">other<", "There is no way back")
			.doesNotContain(">third<");
		assertThat(states()).containsOnly("null");
		HttpResponse<String> answer = this.visitor.post("/tokens/revoke", "id", one, "id", other, "reason", "moved",
				"list", PLACE);
		assertThat(location(answer)).isEqualTo("/tokens?" + PLACE);
		assertThat(this.visitor.get("/tokens?" + PLACE).body()).contains("2 tokens are revoked.");
		assertThat(states()).containsExactlyInAnyOrder("moved", "moved", "null");
		assertThat(this.visitor.get("/tokens").body()).contains(third).doesNotContain("name=\"id\"");
	}

	/** However many there are, one statement finds them. */
	@Test
	void severalTokensAreAskedForTogether() {
		List<UUID> ids = Stream.of("a", "b", "c", "d").map((name) -> UUID.fromString(made(name))).toList();
		Actor owner = this.people.signedIn(this.user).actor();
		List<List<TokenDetails>> found = new ArrayList<>();
		assertThat(StatementCounter.during(() -> found.add(this.tokens.find(this.user.id(), ids)))).hasSize(1);
		assertThat(found.get(0)).extracting(TokenDetails::id).containsExactlyElementsOf(ids);
		List<String> ofOne = StatementCounter
			.during(() -> this.revocation.revokeSeveral(owner, ids.subList(0, 1), false, null));
		List<String> ofThree = StatementCounter
			.during(() -> this.revocation.revokeSeveral(owner, ids.subList(1, 4), false, null));
		assertThat(ofThree).filteredOn((sql) -> sql.startsWith("select"))
			.hasSameSizeAs(ofOne.stream().filter((sql) -> sql.startsWith("select")).toList());
		assertThat(this.tokens.find(this.user.id(), ids)).extracting(TokenDetails::state)
			.containsOnly(TokenState.REVOKED);
	}

	@Test
	void severalTokensTakeAlongWhatWasMadeWithThem() {
		IssuedToken parent = this.people.token(this.user, "user:read", "tokens:write");
		String child = this.http
			.post("/api/tokens", parent.raw().reveal(), "{\"name\":\"child\",\"scopes\":[\"user:read\"]}")
			.json("token");
		String id = parent.details().id().toString();
		this.visitor.post("/tokens/revoke", "id", id, "id", made("x"), "descendants", "true");
		assertThat(this.http.get("/api/user", child).status()).isEqualTo(401);
		assertThat(this.visitor.get("/tokens").body()).contains("3 tokens are revoked.");
	}

	@Test
	void whoTicksNothingIsToldSoAndWhatIsNotOnesOwnIsNotThere() {
		String own = made("own");
		String others = this.people.token(this.people.user(), "user:read").details().id().toString();
		String back = location(this.visitor.get("/tokens/revoke?list=" + encoded(PLACE)));
		assertThat(back).isEqualTo("/tokens?" + PLACE);
		assertThat(this.visitor.get(back).body()).contains("Tick the tokens");
		assertThat(this.visitor.get("/tokens/revoke?id=%s&id=%s".formatted(own, others)).statusCode()).isEqualTo(404);
		assertThat(this.visitor.post("/tokens/revoke", "id", own, "id", others).statusCode()).isEqualTo(404);
		assertThat(this.visitor.post("/tokens/revoke", "id", "no-id").statusCode()).isEqualTo(404);
		assertThat(states()).containsOnly("null");
	}

	@Test
	void aReasonThatIsNotAcceptableIsToldBesideItsFieldAndKept() {
		String one = made("one");
		HttpResponse<String> again = this.visitor.post("/tokens/revoke", "id", one, "reason", "r".repeat(501));
		assertThat(again.statusCode()).isEqualTo(422);
		assertThat(again.body()).contains("reason-fault", "r".repeat(501), "value=\"" + one + "\"");
		assertThat(states()).containsOnly("null");
	}

	@Test
	void aTokenIsRenamedDescribedNarrowedAndConfined() {
		String id = id(this.people.token(this.user, TokenRequest.of("notes:read", "user:read").named("before")));
		String form = this.visitor.get("/tokens/" + id + "/edit").body();
		assertThat(form).contains("value=\"before\"")
			.containsPattern("value=\"notes:read\"[^>]* checked")
			.containsPattern("value=\"user:read\"[^>]* checked")
			.doesNotContain("value=\"notes:write\"");
		String back = location(this.visitor.post("/tokens/" + id + "/edit", "name", "after", "description",
				"For the shop", "_scopes", "on", "scopes", "user:read", "allowedIps", "192.0.2.0/24, 2001:db8::1"));
		assertThat(this.visitor.get(back).body()).contains("The token is changed.", "after", "For the shop",
				"192.0.2.0/24", "2001:db8::1");
		assertThat(this.jdbc.queryForObject("select scopes from api_token where id = ?::uuid", String.class, id))
			.isEqualTo("user:read");
	}

	@Test
	void ofAWildcardOneOfWhatItCoversCanBeLeft() {
		String id = id(this.people.token(this.user, "notes:*"));
		assertThat(this.visitor.get("/tokens/" + id + "/edit").body())
			.containsPattern("value=\"notes:\\*\"[^>]* checked")
			.doesNotContainPattern("value=\"notes:read\"[^>]* checked")
			.contains("value=\"notes:read\"")
			.doesNotContain("value=\"user:read\"");
		this.visitor.post("/tokens/" + id + "/edit", "_scopes", "on", "scopes", "notes:read");
		assertThat(this.jdbc.queryForObject("select scopes from api_token where id = ?::uuid", String.class, id))
			.isEqualTo("notes:read");
	}

	@Test
	void whatIsWrongStandsBesideItsFieldWithWhatWasTypedAndNothingIsChanged() {
		String id = made("before");
		HttpResponse<String> again = this.visitor.post("/tokens/" + id + "/edit", "name", "", "description",
				"d".repeat(501), "_scopes", "on", "allowedIps", "nowhere");
		assertThat(again.statusCode()).isEqualTo(422);
		assertThat(again.body())
			.contains("name-fault", "description-fault", "scopes-fault", "allowed_ips-fault", "d".repeat(501),
					">nowhere<")
			.doesNotContainPattern("value=\"user:read\"[^>]* checked");
		assertThat(this.visitor.post("/tokens/" + id + "/edit", "scopes", "notes:read").body())
			.contains("can only become fewer");
		assertThat(this.visitor.get("/tokens/" + id).body()).contains("before");
	}

	@Test
	void onlyMoreNetworksAskForThePassword() {
		String path = "/tokens/%s/edit"
			.formatted(id(this.people.token(this.user, TokenRequest.of("user:read").onlyAt("192.0.2.0/24"))));
		this.clock.advance(Duration.ofHours(1));
		assertThat(location(this.visitor.post(path, "name", "other", "allowedIps", "192.0.2.1")))
			.startsWith("/tokens/");
		assertThat(location(this.visitor.post(path, "allowedIps", ""))).isEqualTo("/login");
		this.clock.run();
	}

	@Test
	void aFormThatWasOpenedBeforeTheNetworksBecameFewerLeavesThemSo() {
		String id = made("before");
		String form = this.visitor.get("/tokens/" + id + "/edit").body();
		assertThat(form).contains("name=\"allowedIpsBefore\" value=\"\"");
		this.jdbc.update("update api_token set allowed_ips = '192.0.2.0/24' where id = ?::uuid", id);
		String networks = this.jdbc.queryForObject("select allowed_ips from api_token where id = ?::uuid", String.class,
				id);
		this.visitor.post("/tokens/" + id + "/edit", "name", "after", "allowedIps", "", "allowedIpsBefore", "");
		assertThat(this.jdbc.queryForMap("select name, allowed_ips from api_token where id = ?::uuid", id))
			.containsEntry("name", "after")
			.containsEntry("allowed_ips", networks);
	}

	@Test
	void aPlaceInAListThatNoHeaderHoldsLeadsToTheBeginning() {
		String id = made("before");
		for (String place : List.of("q=" + "€".repeat(3_900), "q=" + "x".repeat(17_000))) {
			assertThat(location(this.visitor.post("/tokens/" + id + "/edit", "name", "other", "list", place)))
				.isEqualTo("/tokens/" + id);
			assertThat(location(this.visitor.post("/tokens/" + made("x") + "/revoke", "list", place)))
				.isEqualTo("/tokens");
		}
	}

	@Test
	void whatAnAdministratorsTokenIsCalledIsNotToldToOwners() {
		String id = made("watched");
		String token = this.people.raw(this.people.admin(), TokenRequest.of("users:write").named("breach-2026"));
		assertThat(this.http.post("/api/tokens/" + id + "/suspend", token, "{}").status()).isEqualTo(204);
		assertThat(this.visitor.get("/tokens/" + id).body()).contains("Token suspended").doesNotContain("breach-2026");
	}

	@Test
	void anEndedTokenStaysAsItIs() {
		String id = made("before");
		this.visitor.post("/tokens/" + id + "/revoke");
		assertThat(this.visitor.get("/tokens/" + id).body()).doesNotContain("/edit");
		String back = location(this.visitor.post("/tokens/" + id + "/edit", "name", "after"));
		assertThat(this.visitor.get(back).body()).contains("The token has ended, so it stays as it is.", "before");
	}

	/** In the last 14 days, or the last fifth of a life that is shorter. */
	@ParameterizedTest
	@CsvSource({ "90, 75, false", "90, 77, true", "30, 23, false", "30, 25, true", "5, 3, false" })
	void thatATokenEndsIsSaidTowardsItsEnd(int life, int age, boolean said) {
		IssuedToken token = this.people.token(this.user, TokenRequest.of("user:read").endingIn(life));
		age(token, age);
		String page = this.visitor.get("/tokens").body();
		assertThat(page.contains("Ends in %d days".formatted(life - age))).isEqualTo(said);
	}

	@Test
	void thatATokenWasNeverUsedIsSaidAfterAWeek() {
		IssuedToken token = this.people.token(this.user, "user:read");
		age(token, 6);
		assertThat(this.visitor.get("/tokens").body()).doesNotContain("Never used");
		age(token, 1);
		assertThat(this.visitor.get("/tokens").body()).contains("Never used");
	}

	@Test
	void howLongATokenMayLiveIsChosenBesideTheDayOnWhichItEnds() {
		this.clock.stop();
		assertThat(this.visitor.get("/tokens/new").body()).contains("7 days, until " + dayIn(7),
				"90 days, until " + dayIn(90));
		String rotation = this.visitor.get("/tokens/" + made("x") + "/rotate").body();
		assertThat(rotation).contains("The same again: 90 days, until " + dayIn(90), "30 days, until " + dayIn(30));
	}

	@Test
	void aDateThatTheOwnerChoseStaysWhenTheTokenIsRotated() {
		Instant end = this.clock.stop().plus(40, ChronoUnit.DAYS).truncatedTo(ChronoUnit.DAYS);
		IssuedToken token = this.people.token(this.user, TokenRequest.of("user:read").endingAt(end));
		this.jdbc.update("update api_token set created_at = created_at - interval '10 days' where id = ?",
				token.details().id());
		String id = id(token);
		assertThat(this.visitor.get("/tokens/" + id + "/rotate").body())
			.containsPattern("value=\"same-date\" selected=\"selected\">The same date: ")
			.contains("id=\"same-date\"", "id=\"same-end\"", "datetime=\"" + end + "\"");
		for (int i = 0; i < 2; i++) {
			assertThat(this.visitor.post("/tokens/" + id + "/rotate", "grace", "0").body()).contains("lkp_");
			id = successor(id);
			assertThat(endOf(id)).as("after %d rotations", i + 1).isEqualTo(end);
		}
		this.jdbc.update("update api_token set created_at = created_at - interval '1 day' where id = ?::uuid", id);
		this.visitor.post("/tokens/" + id + "/rotate", "expiration", "same");
		id = successor(id);
		assertThat(endOf(id)).isAfter(end);
		assertThat(this.visitor.get("/tokens/" + id + "/rotate").body()).doesNotContain("same-date");
	}

	/**
	 * Contract 2: by the API a rotation gives the same length of life, whoever chose it.
	 */
	@Test
	void theApiGivesTheSameLengthOfLifeEvenSo() {
		Instant end = this.clock.stop().plus(40, ChronoUnit.DAYS).truncatedTo(ChronoUnit.MICROS);
		IssuedToken token = this.people.token(this.user, TokenRequest.of("user:read", "tokens:rotate").endingAt(end));
		this.clock.advance(Duration.ofDays(10));
		this.http.post("/api/tokens/current/rotate", token.raw().reveal(), "{}");
		assertThat(endOf(successor(id(token)))).isEqualTo(end.plus(10, ChronoUnit.DAYS));
	}

	@Test
	void aLengthOfLifeThatWasChosenIsNoDate() {
		this.visitor.get("/tokens/new");
		this.visitor.post("/tokens/new", "form", this.visitor.form(), "name", "x", "expiration", "30", "scopes",
				"user:read");
		String id = this.jdbc.queryForObject("select id::text from api_token where owner_id = ?", String.class,
				this.user.id());
		assertThat(this.visitor.get("/tokens/" + id + "/rotate").body()).doesNotContain("same-date");
		this.visitor.post("/tokens/" + id + "/rotate", "expiration", "7");
		assertThat(this.visitor.get("/tokens/" + successor(id) + "/rotate").body()).doesNotContain("same-date");
	}

	@Test
	void theNewTokenLeadsToTheOneThatItReplaces() {
		String id = made("CI");
		assertThat(this.visitor.post("/tokens/" + id + "/rotate", "grace", "1").body()).contains("Takes over from",
				"href=\"/tokens/" + id + "\"", "which ends");
	}

	@Test
	void whoMayNotSeeAPageHasItsHeaderAndWaysOn() {
		HttpResponse<String> page = this.visitor.get("/admin/users");
		assertThat(page.statusCode()).isEqualTo(403);
		assertThat(page.body()).contains("You may not do this", "aria-label=\"Main\"", "href=\"/tokens\"", "Sign out")
			.doesNotContain("href=\"/admin/users\"");
		assertThat(this.visitor.post("/logout").statusCode()).as("with the CSRF token of that page").isEqualTo(302);
		String asGuest = new Visitor(this.http.base()).get("/nowhere").body();
		assertThat(asGuest).contains("There is nothing here").doesNotContain("aria-label=\"Main\"");
	}

	@Test
	void theAuditSaysInWordsWhatHappenedBesideItsName() {
		Visitor admin = new Visitor(this.http.base()).signIn(this.people.admin());
		String token = made("CI");
		this.visitor.post("/tokens/" + token + "/edit", "name", "Nightly");
		String page = admin.get("/audit?action=token.changed&actor=" + this.user.id()).body();
		assertThat(page).contains("<strong>Token changed</strong>", "<code>token.changed</code>", "in a web session",
				"“Nightly” lkp_…", "<code>" + token + "</code>", "Name:", "Token made · token.created");
		assertThat(this.visitor.get("/tokens/" + token).body()).contains("<strong>Token made</strong>",
				"<code>token.created</code>");
	}

	private String made(String name) {
		return id(this.people.token(this.user, TokenRequest.of("user:read").named(name)));
	}

	private static String id(IssuedToken token) {
		return token.details().id().toString();
	}

	private void age(IssuedToken token, int days) {
		this.jdbc.update("""
				update api_token set created_at = created_at - ? * interval '1 day',
				    expires_at = expires_at - ? * interval '1 day' where id = ?""", days, days, token.details().id());
	}

	private String dayIn(int days) {
		return DateTimeFormatter.ofPattern("d MMM uuuu", Locale.UK)
			.withZone(ZoneOffset.UTC)
			.format(this.clock.instant().plus(days, ChronoUnit.DAYS));
	}

	private List<String> states() {
		return this.jdbc.queryForList("select coalesce(revocation_reason, 'null') from api_token where owner_id = ?",
				String.class, this.user.id());
	}

	private String successor(String id) {
		return this.jdbc.queryForObject("select id::text from api_token where predecessor_id = ?", String.class,
				UUID.fromString(id));
	}

	private Instant endOf(String id) {
		return this.jdbc
			.queryForObject("select expires_at from api_token where id = ?", Timestamp.class, UUID.fromString(id))
			.toInstant();
	}

	private static String location(HttpResponse<?> answer) {
		return answer.headers().firstValue("Location").orElse("none");
	}

	private static String unescaped(String page) {
		return page.replace("&amp;", "&");
	}

	private static String encoded(String text) {
		return text.replace("%", "%25").replace("&", "%26").replace("=", "%3D");
	}

}
