package dev.latchkey.api;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

import dev.latchkey.caller.User;
import dev.latchkey.testing.Apps;
import dev.latchkey.testing.Http;
import dev.latchkey.testing.Http.Answer;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import dev.latchkey.testing.TestClock;
import dev.latchkey.testing.TokenRequest;
import dev.latchkey.testing.Visitor;
import dev.latchkey.token.IssuedToken;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Nobody gets by a token what the token itself does not have.
 */
@LatchkeyTest
class NarrowingTests {

	@Autowired
	private Http http;

	@Autowired
	private People people;

	@Autowired
	private TestClock clock;

	@Autowired
	private Apps apps;

	private User owner;

	private Instant end;

	private IssuedToken parent;

	@BeforeEach
	void makeParent() {
		this.owner = this.people.user();
		this.end = this.clock.stop().plus(10, ChronoUnit.DAYS);
		this.parent = issue(List.of("tokens:write", "tokens:read", "notes:*", "user:read"), this.end,
				List.of("127.0.0.0/8"), 100);
	}

	@ParameterizedTest
	@ValueSource(strings = { "notes:read", "notes:*", "user:read", "tokens:write" })
	void aScopeWithinTheParentsIsGiven(String scope) {
		assertThat(make("\"scopes\":[\"%s\"]".formatted(scope)).status()).isEqualTo(201);
	}

	@ParameterizedTest
	@ValueSource(strings = { "*", "tokens:*", "user:*", "tokens:introspect", "users:read" })
	void aWiderScopeIsRefused(String scope) {
		assertRefused(make("\"scopes\":[\"notes:read\",\"%s\"]".formatted(scope)), "scopes");
	}

	/** Its next token is as wide as what it was granted. */
	@Test
	void theTokenOfAnApplicationIsNotNarrowedForADay() {
		String key = this.people.raw(this.owner, "tokens:write", "tokens:read");
		Answer pair = this.apps.own(this.owner).signIn(this.owner);
		String id = this.http.get("/api/tokens/current", pair.json("access_token")).json("id");
		Answer refused = this.http.patch("/api/tokens/" + id, key,
				"{\"scopes\":[\"user:read\"],\"allowed_ips\":[\"10.0.0.0/8\"]}");
		assertThat(refused.status()).isEqualTo(422);
		assertThat(refused.<List<String>>json("errors[*].field")).containsExactly("scopes", "allowed_ips");
		assertThat(this.http.patch("/api/tokens/" + id, key, "{\"name\":\"x\",\"allowed_ips\":[]}").status())
			.isEqualTo(200);
		Visitor owner = new Visitor(this.http.base()).signIn(this.owner);
		assertThat(owner.get("/tokens/" + id + "/edit").body()).contains("those of the application")
			.doesNotContain("name=\"scopes\"", "allowedIps");
		assertThat(owner.post("/tokens/" + id + "/edit", "name", "By page").statusCode()).isEqualTo(302);
		assertThat(this.http.get("/api/tokens/" + id, key).<String>json("name")).isEqualTo("By page");
	}

	@Test
	void theDefaultLifeIsCutToTheParents() {
		assertThat(make("\"scopes\":[\"notes:read\"]").<String>json("expires_at")).isEqualTo(this.end.toString());
	}

	@Test
	void aLifeUpToTheParentsIsGivenAndALongerOneRefused() {
		assertThat(make("\"scopes\":[\"notes:read\"],\"expires_at\":\"%s\"".formatted(this.end)).status())
			.isEqualTo(201);
		assertThat(make("\"scopes\":[\"notes:read\"],\"expires_in_days\":10").status()).isEqualTo(201);
		assertRefused(make("\"scopes\":[\"notes:read\"],\"expires_in_days\":11"), "expires_in_days");
		assertRefused(make("\"scopes\":[\"notes:read\"],\"expires_at\":\"%s\"".formatted(this.end.plusMillis(1))),
				"expires_at");
	}

	@Test
	void inItsGracePeriodAParentGivesNoMoreThanItHasLeft() {
		this.http.post("/api/tokens/current/rotate", this.parent.raw().reveal(), "{\"grace_period\":\"PT1H\"}");
		String left = this.clock.instant().plus(1, ChronoUnit.HOURS).toString();
		assertThat(make("\"scopes\":[\"notes:read\"]").<String>json("expires_at")).isEqualTo(left);
		assertRefused(make("\"scopes\":[\"notes:read\"],\"expires_in_days\":1"), "expires_in_days");
	}

	@Test
	void networksAreThoseOfTheParentOrFewer() {
		assertThat(make("\"scopes\":[\"notes:read\"]").<List<String>>json("allowed_ips"))
			.containsExactly("127.0.0.0/8");
		assertThat(make("\"scopes\":[\"notes:read\"],\"allowed_ips\":[\"127.0.0.1\"]").status()).isEqualTo(201);
		assertRefused(make("\"scopes\":[\"notes:read\"],\"allowed_ips\":[\"127.0.0.1\",\"10.0.0.0/8\"]"),
				"allowed_ips");
		assertRefused(make("\"scopes\":[\"notes:read\"],\"allowed_ips\":[\"0.0.0.0/0\"]"), "allowed_ips");
	}

	@Test
	void theRateIsThatOfTheParentOrLess() {
		assertThat(make("\"scopes\":[\"notes:read\"]").<Integer>json("rate_limit")).isEqualTo(100);
		assertThat(make("\"scopes\":[\"notes:read\"],\"rate_limit\":99").<Integer>json("rate_limit")).isEqualTo(99);
		assertRefused(make("\"scopes\":[\"notes:read\"],\"rate_limit\":101"), "rate_limit");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			{"scopes":["notes:read"]}                     | 200
			{"scopes":["notes:*"]}                        | 200
			{"scopes":["notes:*","tokens:introspect"]}    | 422
			{"scopes":["*"]}                               | 422
			{"scopes":[]}                                  | 422
			{"scopes":["nonsense"]}                        | 422
			{"allowed_ips":["127.0.0.1"]}                  | 200
			{"allowed_ips":["127.0.0.0/8"]}                | 200
			{"allowed_ips":[]}                             | 422
			{"allowed_ips":["0.0.0.0/0"]}                  | 422
			{"allowed_ips":[" 127.0.0.1"]}                 | 422
			{"allowed_ips":["127.0.0.1 "]}                 | 422
			{"name":"other"}                               | 200
			{"name":" "}                                   | 422
			{}                                             | 200
			{"rate_limit":1000}                            | 400
			{"expires_at":"never"}                         | 400
			""")
	void aChangeCanOnlyNarrow(String change, int status) {
		Answer answer = this.http.patch("/api/tokens/" + this.parent.details().id(), this.parent.raw().reveal(),
				change);
		assertThat(answer.status()).as(answer.body()).isEqualTo(status);
	}

	/**
	 * Contract 2: a token made with a token can only narrow. That goes on holding when
	 * the token it was made with is narrowed later.
	 */
	@Test
	void whatWasMadeWithATokenIsNarrowedWithIt() {
		Answer child = make("\"scopes\":[\"notes:*\",\"user:read\",\"tokens:write\",\"tokens:read\"]");
		Answer grandchild = makeWith(child, "\"scopes\":[\"notes:read\",\"user:read\"]");
		Answer within = makeWith(child, "\"scopes\":[\"notes:read\"],\"allowed_ips\":[\"127.0.0.1\"]");
		for (Answer token : List.of(child, grandchild)) {
			assertThat(this.http.get("/api/user", token.json("token")).status()).isEqualTo(200);
		}
		assertThat(narrow(
				"{\"scopes\":[\"tokens:write\",\"tokens:read\",\"notes:read\"],\"allowed_ips\":[\"127.0.0.0/30\"]}"))
			.isEqualTo(200);
		for (Answer token : List.of(child, grandchild)) {
			Answer refused = this.http.get("/api/user", token.json("token"));
			assertThat(refused.code()).isEqualTo("insufficient_scope");
		}
		assertNow(child, List.of("notes:read", "tokens:read", "tokens:write"), List.of("127.0.0.0/30"));
		assertNow(grandchild, List.of("notes:read"), List.of("127.0.0.0/30"));
		assertNow(within, List.of("notes:read"), List.of("127.0.0.1/32"));
		assertThat(actions(child)).containsExactly("token.changed", "token.created");
		assertThat(actions(within)).containsExactly("token.created");
	}

	@Test
	void aSuccessorNarrowsWhatWasMadeWithTheTokenBefore() {
		Answer child = make("\"scopes\":[\"notes:read\",\"user:read\"]");
		this.clock.advance(Duration.ofSeconds(1));
		Answer successor = this.http.post("/api/tokens/current/rotate", this.parent.raw().reveal(), null);
		assertThat(this.http
			.patch("/api/tokens/" + successor.json("id"), successor.json("token"),
					"{\"scopes\":[\"tokens:read\",\"notes:read\"]}")
			.status()).isEqualTo(200);
		assertThat(this.http.get("/api/user", child.json("token")).code()).isEqualTo("insufficient_scope");
	}

	@Test
	void whatHasNothingLeftEnds() {
		Answer withoutScope = make("\"scopes\":[\"user:read\"]");
		Answer withoutPlace = make("\"scopes\":[\"notes:read\"],\"allowed_ips\":[\"127.1.0.0/16\"]");
		assertThat(narrow("{\"name\":\"other\"}")).isEqualTo(200);
		assertThat(this.http.get("/api/user", withoutScope.json("token")).status()).isEqualTo(200);
		assertThat(narrow("{\"scopes\":[\"tokens:read\",\"notes:*\"],\"allowed_ips\":[\"127.0.0.0/16\"]}"))
			.isEqualTo(200);
		assertThat(this.http.get("/api/user", withoutScope.json("token")).code()).isEqualTo("invalid_token");
		for (Answer token : List.of(withoutScope, withoutPlace)) {
			assertThat(
					this.http.get("/api/tokens/" + token.json("id"), this.parent.raw().reveal()).<String>json("state"))
				.isEqualTo("revoked");
			assertThat(actions(token)).startsWith("token.revoked");
		}
	}

	private int narrow(String change) {
		return this.http.patch("/api/tokens/" + this.parent.details().id(), this.parent.raw().reveal(), change)
			.status();
	}

	private void assertNow(Answer made, List<String> scopes, List<String> networks) {
		Answer now = this.http.get("/api/tokens/" + made.json("id"), this.parent.raw().reveal());
		assertThat(now.<List<String>>json("scopes")).isEqualTo(scopes);
		assertThat(now.<List<String>>json("allowed_ips")).isEqualTo(networks);
	}

	private List<String> actions(Answer made) {
		return this.http.get("/api/tokens/" + made.json("id") + "/events", this.parent.raw().reveal())
			.<List<String>>json("items[*].action")
			.stream()
			.filter((action) -> !action.endsWith(".refused"))
			.toList();
	}

	private Answer makeWith(Answer token, String fields) {
		return this.http.post("/api/tokens", token.json("token"), "{\"name\":\"grandchild\",%s}".formatted(fields));
	}

	@Test
	void aWiderTokenIsNotRotatedByANarrowerOne() {
		IssuedToken wide = issue(List.of("*"), this.end, List.of("127.0.0.1"), 100);
		assertRefused(rotate(wide, null), "scopes");
		IssuedToken everywhere = issue(List.of("notes:read"), this.end, List.of(), 100);
		assertRefused(rotate(everywhere, null), "allowed_ips");
		IssuedToken faster = issue(List.of("notes:read"), this.end, List.of("127.0.0.1"), 101);
		assertRefused(rotate(faster, null), "rate_limit");
		assertThat(this.http.get("/api/user", wide.raw().reveal()).status()).isEqualTo(200);
	}

	@Test
	void aLongerTokenRotatedByAShorterOneIsCutToIt() {
		IssuedToken longer = issue(List.of("notes:read"), this.end.plus(5, ChronoUnit.DAYS), List.of("127.0.0.1"), 1);
		assertRefused(rotate(longer, "{\"expires_at\":\"%s\"}".formatted(this.end.plusSeconds(1))), "expires_at");
		assertThat(rotate(longer, null).<String>json("expires_at")).isEqualTo(this.end.toString());
	}

	@Test
	void aChildCannotOutliveItsParentByRotatingItself() {
		String child = make("\"scopes\":[\"tokens:write\"]").json("token");
		assertRefused(this.http.post("/api/tokens/current/rotate", child,
				"{\"expires_at\":\"%s\"}".formatted(this.end.plusSeconds(1))), "expires_at");
		this.clock.advance(Duration.ofDays(1));
		assertThat(this.http.post("/api/tokens/current/rotate", child, null).<String>json("expires_at"))
			.isEqualTo(this.end.toString());
	}

	private IssuedToken issue(List<String> scopes, Instant expiry, List<String> networks, int rate) {
		return this.people.token(this.owner, TokenRequest.of(scopes).endingAt(expiry).onlyAt(networks).atMost(rate));
	}

	private Answer make(String fields) {
		return this.http.post("/api/tokens", this.parent.raw().reveal(), "{\"name\":\"child\",%s}".formatted(fields));
	}

	private Answer rotate(IssuedToken token, String json) {
		return this.http.post("/api/tokens/%s/rotate".formatted(token.details().id()), this.parent.raw().reveal(),
				json);
	}

	private static void assertRefused(Answer answer, String field) {
		assertThat(answer.status()).as(answer.body()).isEqualTo(422);
		assertThat(answer.<List<String>>json("errors[*].field")).containsOnly(field);
	}

}
