package dev.latchkey.web;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import dev.latchkey.testing.Http;
import dev.latchkey.testing.Http.Answer;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import dev.latchkey.testing.Routes;
import dev.latchkey.testing.Routes.Route;
import dev.latchkey.value.Echo;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A key of another system and a password look like nothing in particular. Where a client
 * has one in the place of a name, no answer says it back.
 */
@LatchkeyTest
class EchoTests {

	private static final String KEY = "Kd93hfLqpT0zXw81mNbV";

	private static final String HEX = "7c0e51d3a94b28f6e1d05b7793c4aa62";

	private static final List<String> SECRETS = List.of(KEY, "17|" + HEX, "Otter 7 lantern!");

	@Autowired
	private Http http;

	@Autowired
	private People people;

	@Autowired
	private Routes routes;

	private String token;

	@BeforeEach
	void makeToken() {
		this.token = this.people.raw(this.people.superuser(), "*");
	}

	@Test
	void noRouteSaysASecretBackThatStandsForAName() {
		SoftAssertions all = new SoftAssertions();
		for (Route route : this.routes.all()) {
			for (String secret : SECRETS) {
				for (String body : route.method().equals("GET") ? List.<String>of()
						: List.of("{\"%s\":1}", "{\"scopes\":[{\"%s\":1}]}", "{\"%s\":1,\"%<s\":2}",
								"{\"%s\":\"\\ud800\"}", "{\"%s\":[[1]]}",
								"{\"scopes\":[\"%s\"],\"roles\":[\"%<s\"]}")) {
					assertNotSaid(all, route, secret, this.http.send(route.method(), route.path(),
							body.formatted(secret), Http.bearer(this.token)));
				}
				String encoded = URLEncoder.encode(secret, StandardCharsets.UTF_8);
				String path = route.path() + "?" + encoded + "=1&" + encoded;
				assertNotSaid(all, route, secret, this.http.send(route.method(), path, null, Http.bearer(this.token)));
			}
		}
		all.assertAll();
		assertThatTheTokenIsGoodStill();
	}

	@Test
	void noRouteSaysASecretBackThatStandsInAHeaderOrAPath() {
		SoftAssertions all = new SoftAssertions();
		for (Route route : this.routes.all()) {
			for (String header : List.of("Accept", "Content-Type", "Origin", "Accept-Language", "Content-Encoding",
					"Latchkey-Scope", "Latchkey-Resource", "If-Match", "Range")) {
				String value = (header.equals("Accept") || header.equals("Content-Type")) ? "text/" + KEY : KEY;
				assertNotSaid(all, route, KEY, this.http.send(route.method(), route.path(), "{\"name\":\"x\"}",
						Map.of("Authorization", List.of("Bearer " + this.token), header, List.of(value))));
			}
			assertNotSaid(all, route, KEY,
					this.http.send(route.method(), route.path() + "/" + KEY, null, Http.bearer(this.token)));
		}
		all.assertAll();
		assertThatTheTokenIsGoodStill();
	}

	@Test
	void whoeverMistakesANameHearsItOrWhereItStands() {
		for (String name : List.of("expiresAt", "expires_in_minutes", "this_is_no_field_of_yours", "Ääh?",
				"x-y.z[0]")) {
			Answer answer = this.http.post("/api/tokens", this.token, "{\"%s\":1}".formatted(name));
			assertThat(answer.status()).isEqualTo(400);
			assertThat(answer.<String>json("errors[0].field")).isEqualTo(name);
		}
		Answer answer = this.http.post("/api/tokens", this.token, "{\n  \"name\": \"x\",\n  \"%s\": 1}".formatted(KEY));
		assertThat(answer.<String>json("errors[0].field")).isEqualTo("****");
		assertThat(answer.<String>json("errors[0].message")).startsWith("is not a field of this request at line 3");
		assertThat(this.http.get("/api/tokens?exceptCurrentToken=1", this.token).<String>json("errors[0].field"))
			.isEqualTo("exceptCurrentToken");
	}

	@Test
	void ofSeveralNamesThatAreHiddenEachIsToldByItsPlace() {
		Answer answer = this.http.post("/api/tokens", this.token, """
				{"name": 5,
				 "%s": "null",
				 "%s": [1]}
				""".formatted(KEY, HEX));
		assertThat(answer.<List<String>>json("errors[*].field")).containsExactly("name", "****", "****");
		assertThat(answer.<List<String>>json("errors[*].message")).element(1)
			.asString()
			.contains(" at line 2, column ");
		assertThat(answer.<List<String>>json("errors[*].message")).element(2)
			.asString()
			.contains(" at line 3, column ");
		Answer nested = this.http.send("PUT", "/api/resources/parcels", """
				{"address": 5, "scopes": [{"name": "parcels:read"},
				 {"%s": 1}]}
				""".formatted(KEY), Http.bearer(this.token));
		assertThat(nested.<List<String>>json("errors[*].field")).containsExactly("address", "scopes[1].****");
		assertThat(nested.<String>json("errors[1].message")).contains(" at line 2, column ");
	}

	@Test
	void whereAHiddenNameStandsIsSaidOfAChangeToo() {
		Answer change = this.http.send("PATCH", "/api/tokens/00000000-0000-0000-0000-000000000000", """
				{"description": "null",
				 "%s": 1}
				""".formatted(KEY), Http.bearer(this.token));
		assertThat(change.<String>json("errors[0].message")).contains(" at line 2, column ");
	}

	@Test
	void anEntryOfAListIsSaidBackOrCounted() {
		Answer answer = this.http.post("/api/tokens", this.token, """
				{"name": "x", "scopes": ["orders:raed", "%s"], "allowed_ips": ["2001:db8:7:7::1/129", "%<s"]}
				""".formatted(KEY));
		assertThat(answer.status()).isEqualTo(422);
		assertThat(answer.body()).contains("server: orders:raed", "server: #2", "2001:db8:7:7::1/129", "96): #2");
	}

	@Test
	void theInstanceIsThePathWithoutWhatMayBeASecret() {
		String id = "00000000-0000-0000-0000-000000000000";
		for (String path : List.of("/api/tokens/" + id, "/api/there-is-no-such-route-at-all", "/api/v2/x1y2")) {
			assertThat(this.http.get(path, this.token).<String>json("instance")).isEqualTo(path);
		}
		assertThat(this.http.get("/api/tokens/" + KEY, this.token).<String>json("instance"))
			.isEqualTo("/api/tokens/****");
	}

	@ParameterizedTest
	@ValueSource(strings = { "name", "Übermäßig", "a b c", "grace_period", "orders:read", "urn:x:y.z-w",
			"except_current", "192.168.100.100/33", "fe80::1:2:3:4:5:6:7:8:9", "expiresInMinutes",
			"a.name.of_many-parts:in:a:row" })
	void whatIsShortOrMadeOfWordsOrAnAddressIsHarmless(String text) {
		assertThat(Echo.of(text)).isEqualTo(text);
	}

	@ParameterizedTest
	@ValueSource(strings = { KEY, HEX, "abcdefghijklmnopqrst", "three plain words", "Three-Plain-Words",
			"expiresInManyMinutes", "expires_in_2_minutes", "a_word_of_more_than_fourteenletters",
			"00000000-0000-0000-0000-000000000000", "deadbeefdeadbeef:deadbeefdeadbeef",
			"one_word_after_another_until_it_is_long" + "_enough" })
	void whatMayBeASecretIsNot(String text) {
		assertThat(Echo.of(text)).isEqualTo(Echo.HIDDEN);
	}

	/** Or all that came after its end was refused for that. */
	private void assertThatTheTokenIsGoodStill() {
		assertThat(this.http.get("/api/user", this.token).status()).isEqualTo(200);
	}

	/** What was made shows its name, and a page the way back to its own address. */
	private void assertNotSaid(SoftAssertions all, Route route, String secret, Answer answer) {
		if (answer.status() != 201) {
			String body = answer.body().replaceAll("name=\"back\" value=\"[^\"]*\"", "");
			all.assertThat(body).as("%s %s", route, answer.status()).doesNotContain(secret);
		}
		all.assertThat(answer.response().headers().map().toString()).as(route + "").doesNotContain(secret);
		all.assertThat(answer.status()).as("%s %s", route, answer.body()).isNotEqualTo(500);
	}

}
