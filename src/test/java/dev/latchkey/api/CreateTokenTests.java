package dev.latchkey.api;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.latchkey.testing.Http;
import dev.latchkey.testing.Http.Answer;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import dev.latchkey.testing.TestClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

@LatchkeyTest
class CreateTokenTests {

	@Autowired
	private Http http;

	@Autowired
	private People people;

	@Autowired
	private TestClock clock;

	private String key;

	@BeforeEach
	void makeKey() {
		this.key = this.people.raw(this.people.user(), "*");
	}

	@Test
	void aNewTokenIsShownOnceAndWorks() {
		Answer made = create("{\"name\":\"ci\",\"scopes\":[\"notes:read\"]}");
		assertThat(made.status()).isEqualTo(201);
		assertThat(made.header("Cache-Control")).contains("no-store");
		String location = made.header("Location");
		assertThat(location).isEqualTo("/api/tokens/" + made.<String>json("id"));
		String raw = made.json("token");
		assertThat(raw).matches("lkp_[0-9A-Za-z]{49}");
		assertThat(made.<String>json("hint")).startsWith("lkp_").endsWith(raw.substring(49));
		assertThat(this.http.get("/api/notes", raw).status()).isEqualTo(200);
		Answer later = this.http.get(location, this.key);
		assertThat(later.status()).isEqualTo(200);
		for (String field : List.of("id", "name", "scopes", "hint", "expires_at", "not_before", "allowed_ips",
				"rate_limit", "created_at", "last_used_at", "last_used_ip", "state", "revoked_at")) {
			assertThat(later.body()).contains("\"%s\":".formatted(field));
		}
		assertThat(later.body()).doesNotContain(raw.substring(4, 20), "\"token\"");
	}

	@Test
	void timesAreInUtcWithZ() {
		Instant now = this.clock.stop();
		Answer made = create(
				"{\"name\":\"ci\",\"scopes\":[\"notes:read\"],\"expires_at\":\"2027-02-03T04:05:06+02:00\","
						+ "\"not_before\":\"2026-12-31T22:00:00.123456789-01:00\"}");
		assertThat(made.<String>json("expires_at")).isEqualTo("2027-02-03T02:05:06Z");
		assertThat(made.<String>json("not_before")).isEqualTo("2026-12-31T23:00:00.123456Z");
		assertThat(made.<String>json("created_at")).isEqualTo(now.toString());
		assertThat(made.<String>json("state")).isEqualTo("not_yet_active");
	}

	@Test
	void theDefaultLifeIsNinetyDays() {
		Instant now = this.clock.stop();
		String raw = this.people.raw(this.people.user(), "*");
		Answer made = this.http.post("/api/tokens", raw, "{\"name\":\"ci\",\"scopes\":[\"notes:read\"]}");
		assertThat(Instant.parse(made.json("expires_at"))).isEqualTo(now.plus(90, ChronoUnit.DAYS));
	}

	@Test
	void daysCountFromNow() {
		Instant now = this.clock.stop();
		Answer made = create("{\"name\":\"ci\",\"scopes\":[\"notes:read\"],\"expires_in_days\":30}");
		assertThat(Instant.parse(made.json("expires_at"))).isEqualTo(now.plus(30, ChronoUnit.DAYS));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			"expires_in_days":0                                       | expires_in_days
			"expires_in_days":367                                     | expires_in_days
			"expires_in_days":-1                                      | expires_in_days
			"expires_in_days":1,"expires_at":"2099-01-01T00:00:00Z"   | expires_in_days
			"expires_at":"2020-01-01T00:00:00Z"                       | expires_at
			"expires_at":"2099-01-01T00:00:00Z"                       | expires_at
			"expires_at":"9999-12-31T23:59:59Z"                       | expires_at
			"expires_at":"never"                                      | expires_at
			"not_before":"9999-12-31T23:59:59Z"                       | not_before
			"allowed_ips":["example.com"]                             | allowed_ips
			"allowed_ips":[" 10.0.0.0/8"]                             | allowed_ips
			"allowed_ips":["10.0.0.0/8 "]                             | allowed_ips
			"allowed_ips":["10.0.0.0 / 8"]                            | allowed_ips
			"allowed_ips":["2001:db8::1\\t"]                          | allowed_ips
			"allowed_ips":["10.0.0.1\u00a0"]                          | allowed_ips
			"allowed_ips":["10.0.0.0/33"]                             | allowed_ips
			"allowed_ips":["::ffff:10.0.0.0/8"]                       | allowed_ips
			"rate_limit":0                                            | rate_limit
			"rate_limit":-1                                           | rate_limit
			""")
	void whatIsNotAcceptableIsNamed(String field, String named) {
		assertRefused(create("{\"name\":\"ci\",\"scopes\":[\"notes:read\"],%s}".formatted(field)), named);
	}

	@Test
	void theNameIsTrimmed() {
		assertThat(create("{\"name\":\" \\t ci build \\u2003\\n\",\"scopes\":[\"*\"]}").<String>json("name"))
			.isEqualTo("ci build");
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "", "   ", "\\t\\n", "a\\u0000b", "a\\nb", "a\\u007fb", "a\\u0085b", "\\u0000", "\\u001bc" })
	void aNameWithoutCharactersOrWithControlCharactersIsRefused(String name) {
		assertRefused(create("{\"name\":\"%s\",\"scopes\":[\"*\"]}".formatted(name)), "name");
	}

	@Test
	void aNameHasOneToAHundredCharacters() {
		assertRefused(create("{\"scopes\":[\"*\"]}"), "name");
		assertRefused(create("{\"name\":null,\"scopes\":[\"*\"]}"), "name");
		assertThat(create("{\"name\":\"%s\",\"scopes\":[\"*\"]}".formatted("x".repeat(100))).status()).isEqualTo(201);
		assertRefused(create("{\"name\":\"%s\",\"scopes\":[\"*\"]}".formatted("x".repeat(101))), "name");
		String keys = "\uD83D\uDD11".repeat(100);
		assertThat(create("{\"name\":\"%s\",\"scopes\":[\"*\"]}".formatted(keys)).<String>json("name")).isEqualTo(keys);
	}

	@Test
	void scopesMustBeGiven() {
		assertRefused(create("{\"name\":\"ci\"}"), "scopes");
		assertRefused(create("{\"name\":\"ci\",\"scopes\":null}"), "scopes");
		assertRefused(create("{\"name\":\"ci\",\"scopes\":[]}"), "scopes");
	}

	@ParameterizedTest
	@ValueSource(strings = { "notes:delete", "Notes:read", "notes", "notes:", ":read", " notes:read", "notes:read ",
			"notes:read tokens:read", "note*", "notes:r*", "nothing:*", "**", "*:read", "notes::*", "", "\\u0000" })
	void aScopeOutsideTheCatalogueIsRefused(String scope) {
		assertRefused(create("{\"name\":\"ci\",\"scopes\":[\"notes:read\",\"%s\"]}".formatted(scope)), "scopes");
	}

	@Test
	void theLongestLifeInDaysIsNamed() {
		Answer answer = create("{\"name\":\"ci\",\"scopes\":[\"notes:read\"],\"expires_in_days\":0}");
		assertThat(answer.<String>json("errors[0].message")).isEqualTo("must be from 1 to 366");
	}

	@Test
	void duplicatesAreFolded() {
		assertThat(create("{\"name\":\"ci\",\"scopes\":[\"notes:read\",\"user:read\",\"notes:read\"]}")
			.<List<String>>json("scopes")).containsExactly("notes:read", "user:read");
		String scopes = "\"user:read\",".repeat(150) + "\"user:read\"";
		String networks = "\"192.0.2.7\",\"::ffff:192.0.2.7\",".repeat(50) + "\"192.0.2.7/32\"";
		Answer many = create("{\"name\":\"ci\",\"scopes\":[%s],\"allowed_ips\":[%s]}".formatted(scopes, networks));
		assertThat(many.<List<String>>json("scopes")).containsExactly("user:read");
		assertThat(many.<List<String>>json("allowed_ips")).containsExactly("192.0.2.7/32");
	}

	@Test
	void noTokenIsBoundToMoreThanFiftyNetworks() {
		String networks = IntStream.range(0, 51)
			.mapToObj((last) -> "\"192.0.2.%d\"".formatted(last))
			.collect(Collectors.joining(","));
		assertRefused(create("{\"name\":\"ci\",\"scopes\":[\"*\"],\"allowed_ips\":[%s]}".formatted(networks)),
				"allowed_ips");
	}

	@Test
	void wildcardsAreKeptAsTheyAre() {
		assertThat(create("{\"name\":\"ci\",\"scopes\":[\"notes:*\",\"*\"]}").<List<String>>json("scopes"))
			.containsExactlyInAnyOrder("*", "notes:*");
	}

	@Test
	void networksAreKeptInCidrNotation() {
		assertThat(create("{\"name\":\"ci\",\"scopes\":[\"*\"],\"allowed_ips\":[\"10.1.2.3/8\",\"2001:db8::1\"]}")
			.<List<String>>json("allowed_ips")).containsExactly("10.0.0.0/8", "2001:db8::1/128");
	}

	@Test
	void makingNeedsTheScope() {
		String reader = this.people.raw(this.people.user(), "tokens:read");
		assertThat(this.http.post("/api/tokens", reader, "{}").code()).isEqualTo("insufficient_scope");
	}

	private Answer create(String json) {
		return this.http.post("/api/tokens", this.key, json);
	}

	private static void assertRefused(Answer answer, String field) {
		assertThat(answer.status()).as(answer.body()).isEqualTo(422);
		assertThat(answer.code()).isEqualTo("validation_failed");
		assertThat(answer.<List<String>>json("errors[*].field")).containsOnly(field);
	}

}
