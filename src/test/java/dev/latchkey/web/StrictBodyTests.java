package dev.latchkey.web;

import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.latchkey.testing.Http;
import dev.latchkey.testing.Http.Answer;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import dev.latchkey.testing.Routes;
import dev.latchkey.testing.Routes.Handled;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.annotation.RequestBody;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Bodies are read to the letter, and what cannot be read is named.
 */
@LatchkeyTest
class StrictBodyTests {

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

	@ParameterizedTest
	@ValueSource(strings = { "{", "}", "{\"text\":\"tea\",}", "{'text':'tea'}", "{text:1}", "nonsense", "", "null",
			"[]", "\"text\"", "5", "{\"text\":\"tea\",\"copies\":1} garbage", "{\"text\":\"tea\",\"copies\":1}{}",
			"{\"text\":\"tea\u0000\",\"copies\":1}", "{\"text\":\"tea\",\"copies\":NaN}",
			"{\"text\":\"tea\",\"copies\":[1]}" })
	void whatIsNotTheJsonOfTheRouteIsMalformed(String body) {
		Answer answer = this.http.post("/api/notes", this.token, body);
		assertThat(answer.status()).as(answer.body()).isEqualTo(400);
		assertThat(answer.code()).isEqualTo("malformed_request");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = true,
			textBlock = """
					''                          | There is no body.
					' '                         | There is nothing but blanks in the body.
					null                        | The body is null, where an object is meant.
					hidden                      | The body is not JSON at line 1, column 1.
					{"text": "tea"              | The body is not JSON at line 1, column 15, where it is cut off.
					{"text": "tea", "copies": hidden} | The body is not JSON at line 1, column 27.
					{"text": "hidden            | The field 'text' cannot be read at line 1, column 17, where it is cut off.
					{"text":"tea","copies":1}{} | The body goes on after its JSON at line 1, column 26.
					[]                          | The body is JSON of another type than the route takes at line 1, column 1.
					"hidden"                    | The body is JSON of another type than the route takes at line 1, column 1.
					{"text": ["hidden"]}        | The field 'text' has the wrong type or form: text in quotes is wanted.
					{"text": "tea", "copies": "hidden"} | The field 'copies' has the wrong type or form: a whole number is wanted.
					""")
	void whatIsWrongWithABodyIsSaidAndNotRepeated(String body, String detail) {
		Answer answer = this.http.post("/api/notes", this.token, body);
		assertThat(answer.code()).as(body).isEqualTo("malformed_request");
		assertThat(answer.<String>json("detail")).isEqualTo(detail);
		assertThat(answer.body()).doesNotContain("hidden");
	}

	@Test
	void ofARouteThatTakesATableItIsNotSaidThatItTakesJson() {
		Answer answer = this.http.send("POST", "/api/import/keys", "",
				Map.of("Authorization", List.of("Bearer " + this.token), "Content-Type", List.of("text/csv")));
		assertThat(answer.code()).isEqualTo("malformed_request");
		assertThat(answer.<String>json("detail")).isEqualTo("There is no body.");
	}

	@Test
	void anUnknownFieldIsNamed() {
		assertMalformed(this.http.post("/api/notes", this.token, "{\"text\":\"tea\",\"copies\":1,\"colour\":\"red\"}"),
				"colour");
		assertMalformed(this.http.post("/api/tokens", this.token, "{\"name\":\"x\",\"expiresAt\":null}"), "expiresAt");
	}

	/** What is ignored may be the opposite of what is done. */
	@Test
	void aRouteThatReadsNoBodyTakesNone() {
		List<String> asked = new ArrayList<>();
		for (Handled route : this.routes.handled()) {
			String path = route.route().path();
			String method = route.route().method();
			boolean reads = Arrays.stream(route.handler().getMethodParameters())
				.anyMatch((parameter) -> parameter.hasParameterAnnotation(RequestBody.class));
			if (path.startsWith("/api/") && !method.equals("GET") && !reads) {
				asked.add(method + " " + path);
				for (String body : List.of("{\"except_current\":true}", "[]", "x", "{",
						" ".repeat(64) + "{\"except_current\":true}", "{}" + " ".repeat(62) + "x")) {
					Answer answer = this.http.send(method, path, body, Http.bearer(this.token));
					assertThat(answer.status()).as(method + " " + path + " " + body).isEqualTo(400);
					assertThat(answer.code()).isEqualTo("malformed_request");
					assertThat(this.http.sendChunked(method, path, body, Http.bearer(this.token)).status())
						.as(method + " " + path + " " + body)
						.isEqualTo(400);
				}
				assertThat(this.http.send(method, path, "x", Map.of()).status()).as("without a token").isEqualTo(401);
			}
		}
		assertThat(asked).contains("DELETE /api/tokens", "DELETE /api/tokens/current");
		assertThat(this.http.send("DELETE", "/api/tokens/current", "{}", Http.bearer(this.token)).status())
			.isEqualTo(204);
	}

	/** Whoever sends null has lost what he meant to say. */
	@Test
	void whereABodyMayBeLeftOutNullIsNone() {
		List<String> asked = new ArrayList<>();
		for (Handled route : this.routes.handled()) {
			boolean optional = Arrays.stream(route.handler().getMethodParameters())
				.map((parameter) -> parameter.getParameterAnnotation(RequestBody.class))
				.anyMatch((body) -> body != null && !body.required());
			if (optional) {
				String path = route.route().path();
				asked.add(path);
				for (String body : List.of("null", " null\n", "\uFEFFnull", "\uFEFF\t null ")) {
					Answer answer = this.http.send(route.route().method(), path, body, Http.bearer(this.token));
					assertThat(answer.code()).as(path).isEqualTo("malformed_request");
				}
			}
		}
		assertThat(asked).contains("/api/tokens/current/rotate", "/api/logout");
	}

	@Test
	void aFieldThatStandsTwiceIsNamed() {
		assertMalformed(this.http.post("/api/notes", this.token, "{\"text\":\"tea\",\"copies\":1,\"copies\":2}"),
				"copies");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			/api/notes | {"text":1,"copies":1}                | text
			/api/notes | {"text":true,"copies":1}             | text
			/api/notes | {"text":["tea"],"copies":1}          | text
			/api/notes | {"text":{},"copies":1}               | text
			/api/notes | {"text":"tea","copies":"1"}          | copies
			/api/notes | {"text":"tea","copies":1.0}          | copies
			/api/notes | {"text":"tea","copies":""}           | copies
			/api/notes | {"text":"tea","copies":true}         | copies
			/api/tokens | {"name":5}                             | name
			/api/tokens | {"scopes":"notes:read"}               | scopes
			/api/tokens | {"scopes":[1]}                         | scopes[0]
			/api/tokens | {"scopes":[true]}                      | scopes[0]
			/api/tokens | {"scopes":{}}                          | scopes
			/api/tokens | {"expires_at":"tomorrow"}              | expires_at
			/api/tokens | {"expires_at":""}                      | expires_at
			/api/tokens | {"expires_at":1893456000}              | expires_at
			/api/tokens | {"expires_at":"2030-01-01"}            | expires_at
			/api/tokens | {"expires_at":"2030-01-01T00:00:00"}   | expires_at
			/api/tokens | {"expires_at":"+20300-01-01T00:00:00Z"} | expires_at
			/api/tokens | {"expires_in_days":"30"}               | expires_in_days
			/api/tokens | {"expires_in_days":1.5}                | expires_in_days
			/api/tokens | {"expires_in_days":30.0}               | expires_in_days
			/api/tokens | {"expires_in_days":3e1}                | expires_in_days
			/api/tokens | {"rate_limit":1e2}                     | rate_limit
			/api/tokens | {"expires_at":true}                    | expires_at
			/api/tokens | {"expires_at":"2030-01-01T00:00Z"}     | expires_at
			/api/tokens | {"expires_at":{"at":1}}                | expires_at
			/api/tokens/current/rotate | {"expires_at":5}        | expires_at
			/api/tokens/current/rotate | {"grace_period":"PT9999999999999999999H"} | grace_period
			/api/tokens | {"not_before":0}                       | not_before
			/api/tokens | {"not_before":"never"}                 | not_before
			/api/tokens | {"not_before":"-2030-01-01T00:00:00Z"} | not_before
			/api/tokens | {"not_before":"+999999999-12-31T23:59:59Z"} | not_before
			/api/tokens | {"allowed_ips":"10.0.0.1"}             | allowed_ips
			/api/tokens | {"rate_limit":"10"}                    | rate_limit
			/api/tokens/current/rotate | {"grace_period":3600}   | grace_period
			/api/tokens/current/rotate | {"grace_period":"1h"}   | grace_period
			/api/logout | {"all":"true"}                         | all
			/api/logout | {"all":1}                              | all
			/api/users  | {"roles":"USER"}                       | roles
			/api/users  | {"roles":[2]}                          | roles[0]
			/api/users  | {"roles":[null]}                       | roles[0]
			/api/tokens | {"scopes":["x",null]}                  | scopes[1]
			/api/tokens | {"allowed_ips":[null]}                 | allowed_ips[0]
			/api/clients | {"redirect_uris":[null]}              | redirect_uris[0]
			/api/clients | {"audiences":[null]}                  | audiences[0]
			/api/tokens | {"scopes":[["a"]]}                     | scopes[0]
			/api/clients | {"scopes":["a", ["a"]]}               | scopes[1]
			/api/users  | {"roles":[["USER"]]}                   | roles[0]
			/api/users  | {"password":12345678}                  | password
			/api/login  | {"email":5}                            | email
			/api/tokens/revoke   | {"tokens":"x"}                | tokens
			/api/tokens/revoke   | {"tokens":[5]}                | tokens[0]
			/api/tokens/diagnose | {"token":5}                   | token
			""")
	void aWrongTypeIsNamed(String path, String body, String field) {
		assertMalformed(this.http.post(path, this.token, body), field);
	}

	/** What is blank is not left out: asked of every number and boolean of every body. */
	@ParameterizedTest
	@ValueSource(strings = { "", " ", "\\t", "\\n", "\\u0000", "\\u3000", "\\u00a0", "  ", "null", "true", "1" })
	void aTextIsNeitherANumberNorABoolean(String text) {
		List<String> seen = new ArrayList<>();
		for (Handled one : this.routes.handled()) {
			for (MethodParameter body : one.handler().getMethodParameters()) {
				if (body.hasParameterAnnotation(RequestBody.class) && body.getParameterType().isRecord()) {
					for (RecordComponent field : body.getParameterType().getRecordComponents()) {
						if (isNumberOrBoolean(field.getType())) {
							String name = field.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
							seen.add(name);
							assertMalformed(this.http.send(one.route().method(), one.route().path(),
									"{\"%s\":\"%s\"}".formatted(name, text), Http.bearer(this.token)), name);
						}
					}
				}
			}
		}
		assertThat(seen).contains("enabled", "keep_tokens", "rate_limit", "expires_in_days", "all", "confidential",
				"copies");
	}

	private static boolean isNumberOrBoolean(Class<?> type) {
		return Number.class.isAssignableFrom(type) || type == Boolean.class || type.isPrimitive();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = true,
			textBlock = """
					POST  | /api/users  | {"email":"no address","name":"","password":"short","roles":["NOPE","USER","NO"]} | 422 | roles[0],roles[2],email,name,password
					PATCH | /api/users/00000000-0000-0000-0000-000000000000 | {"roles":["NOPE"],"name":" "}             | 422 | roles[0],name
					PATCH | /api/users/00000000-0000-0000-0000-000000000000 | {"name":null,"colour":1}                  | 400 | colour
					PATCH | /api/users/00000000-0000-0000-0000-000000000000 | {"name":null,"enabled":"yes"}              | 400 | enabled
					PATCH | /api/tokens/00000000-0000-0000-0000-000000000000 | {"name":null,"scopes":5}                  | 400 | scopes
					PATCH | /api/tokens/00000000-0000-0000-0000-000000000000 | {"name":null,"scopes":[null]}             | 400 | scopes[0]
					PATCH | /api/tokens/00000000-0000-0000-0000-000000000000 | {"name":null,"scopes":["user:read"]}      | 422 | name
					POST  | /api/tokens | {"name":"","scopes":["no:such"],"rate_limit":9999999999,"not_before":"0000-01-01T00:00:00Z"} | 422 | rate_limit,not_before,name,scopes
					PUT   | /api/resources/parcels | {"address":"x","scopes":[{"name":"parcels:read","role":"USER"},{"role":"NOPE"}]} | 422 | scopes[1].role,address
					POST  | /api/users  | {"email":5,"name":[],"roles":["NOPE"],"colour":"red","enabled":true}                    | 400 | email,name,colour,enabled
					POST  | /api/tokens | {"name":"x","expires_at":"soon","rate_limit":"many","scopes":["x",{},1]}                | 400 | expires_at,rate_limit,scopes[1],scopes[2]
					POST  | /api/login  | {"email":5,"password":6,"token_name":[],"scopes":[],"expires_at":7}                     | 400 | email,password,token_name,expires_at
					POST  | /api/users  | {"colour":[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20],"email":5,"name":[]}     | 400 | colour,email,name
					POST  | /api/users  | {"name":[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20],"email":5,"roles":[2]}     | 400 | name,email,roles[0]
					POST  | /api/tokens | {"name":"x","scopes":["user:read"],"rate_limit":9999999999,"expires_in_days":9999999999} | 422 | rate_limit,expires_in_days
					""")
	void allThatIsWrongIsNamedAtOnce(String method, String path, String body, int status, String fields) {
		Answer answer = this.http.send(method, path, body, Http.bearer(this.token));
		assertThat(answer.status()).as(answer.body()).isEqualTo(status);
		assertThat(answer.<List<String>>json("errors[*].field")).containsExactlyInAnyOrder(fields.split(","));
	}

	@Test
	void behindALongListTheRestIsLookedAt() {
		String scopes = String.join(",", Collections.nCopies(250, "\"user:read\""));
		assertMalformed(this.http.post("/api/tokens", this.token,
				"{\"rate_limit\":9999999999,\"scopes\":[%s],\"colour\":1}".formatted(scopes)), "colour");
	}

	/** What is acceptable or not can be said of JSON alone. */
	@ParameterizedTest
	@CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = true, textBlock = """
			{"roles":["NOPE"],"name":           | The body is not JSON at line 1, column 26, where it is cut off.
			{"roles":["NOPE"],"name":hidden}    | The body is not JSON at line 1, column 26.
			{"roles":["NOPE"]}{}                | The body goes on after its JSON at line 1, column 19.
			{"roles":["NOPE"],"name":1,"name":2} | The field 'name' is given twice.
			""")
	void whatIsNoJsonIsMalformedWhateverStandsBefore(String body, String detail) {
		Answer answer = this.http.post("/api/users", this.token, body);
		assertThat(answer.status()).as(answer.body()).isEqualTo(400);
		assertThat(answer.code()).isEqualTo("malformed_request");
		assertThat(answer.<String>json("detail")).isEqualTo(detail);
		assertThat(answer.body()).doesNotContain("hidden");
	}

	/** It may end later than the server would have it end by itself. */
	@ParameterizedTest
	@ValueSource(strings = { "\"expires_at\":\"9999-12-31T23:59:59-18:00\"", "\"expires_in_days\":9999999999" })
	void whetherATokenBeginsInTimeIsNotSaidWhereItsEndCannotBeRead(String end) {
		String begin = Instant.now().plus(Duration.ofDays(200)).truncatedTo(ChronoUnit.SECONDS).toString();
		Answer answer = this.http.post("/api/tokens", this.token,
				"{\"name\":\"x\",\"scopes\":[\"user:read\"],%s,\"not_before\":\"%s\"}".formatted(end, begin));
		assertThat(answer.status()).as(answer.body()).isEqualTo(422);
		assertThat(answer.<List<String>>json("errors[*].field")).containsExactly(end.substring(1, end.indexOf('"', 1)));
	}

	/** Looking at each field by itself costs time: of very many some are named. */
	@Test
	void ofVeryManyFieldsSomeAreNamed() {
		StringBuilder body = new StringBuilder("{\"name\":\"x\"");
		for (int i = 0; i < 4000; i++) {
			body.append(",\"f").append(i).append("\":1");
		}
		Answer answer = this.http.post("/api/tokens", this.token, body.append('}').toString());
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.<List<String>>json("errors[*].field")).hasSize(20);
	}

	/** Words that programs send are as they are written, or none. */
	@ParameterizedTest
	@ValueSource(strings = { " USER", "USER ", "\\tUSER", "user", "User", "", "\\u0000", "1" })
	void aRoleIsReadToTheLetter(String role) {
		for (String body : List.of("{\"email\":\"a@example.com\",\"roles\":[\"%s\"]}", "{\"roles\":[\"%s\"]}")) {
			Answer answer = this.http.post("/api/users", this.token, body.formatted(role));
			assertThat(answer.status()).as(answer.body()).isEqualTo(422);
			assertThat(answer.<List<String>>json("errors[*].field")).contains("roles[0]", "name", "password")
				.doesNotContain("roles");
		}
		Answer client = this.http.post("/api/clients", this.token,
				"{\"name\":\"x\",\"grant_types\":[\"client_credentials\"],\"scopes\":[\"user:read\"],\"role\":\"%s\"}"
					.formatted(role));
		assertThat(client.status()).as(client.body()).isEqualTo(422);
		Answer scope = this.http.post("/api/tokens", this.token,
				"{\"name\":\"x\",\"scopes\":[\"%s\"]}".formatted(role.replace("USER", "user:read")));
		assertThat(scope.status()).as(scope.body()).isEqualTo(422);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			/api/notes  | {"text":"tea","copies":99999999999} | copies
			/api/tokens | {"rate_limit":2147483648}           | rate_limit
			/api/tokens | {"rate_limit":1e30}                 | rate_limit
			/api/tokens | {"expires_in_days":-99999999999}    | expires_in_days
			""")
	void aNumberBeyondAllIsNotAcceptable(String path, String body, String field) {
		Answer answer = this.http.post(path, this.token, body);
		assertThat(answer.status()).as(answer.body()).isEqualTo(422);
		assertThat(answer.<String>json("errors[0].field")).isEqualTo(field);
		assertThat(answer.<String>json("errors[0].message")).contains("2147483647");
	}

	/** Contract 1: whatever the offset. */
	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			/api/tokens | expires_at | 0000-01-01T00:00:00+18:00
			/api/tokens | not_before | 0000-01-01T00:00:00+18:00
			/api/tokens | not_before | 0001-01-01T00:00:00+00:01
			/api/tokens | not_before | 9999-12-31T23:59:59-00:01
			/api/tokens | expires_at | 9999-12-31T23:59:59-18:00
			/api/login  | expires_at | 0000-12-31T23:59:59Z
			/api/tokens/current/rotate | expires_at | 9999-12-31T23:59:59-00:01
			""")
	void aTimeOutsideTheYearsIsNotAcceptable(String path, String field, String time) {
		Answer answer = this.http.post(path, this.token, "{\"%s\":\"%s\"}".formatted(field, time));
		assertThat(answer.status()).as(answer.body()).isEqualTo(422);
		assertThat(answer.<String>json("errors[0].field")).isEqualTo(field);
		assertThat(answer.<List<String>>json("errors[*].message").get(0)).contains("years 1 to 9999");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			expires_at | "2027-01-01" | 2027-01-31T12:00:00Z, or never
			expires_at | 1893456000   | 2027-01-31T12:00:00Z, or never
			not_before | "2027-01-01" | 2027-01-31T12:00:00Z
			not_before | 1893456000   | 2027-01-31T12:00:00Z
			""")
	void whatIsNoTimeIsToldTheFormOfOne(String field, String value, String form) {
		Answer answer = this.http.post("/api/tokens", this.token, "{\"%s\":%s}".formatted(field, value));
		assertMalformed(answer, field);
		assertThat(answer.<List<String>>json("errors[*].message").get(0)).endsWith(form);
		assertThat(answer.<String>json("detail")).contains(form);
	}

	@ParameterizedTest
	@ValueSource(strings = { "2027-01-01", "2027-01-01T00:00:00", "0000-01-01T00:00:00%2B18:00",
			"9999-12-31T23:59:59-00:01", "1893456000" })
	void aTimeInAQueryIsReadAlike(String time) {
		for (String field : List.of("from", "to")) {
			Answer answer = this.http.get("/api/audit-events?%s=%s".formatted(field, time), this.token);
			assertThat(answer.status()).as(answer.body()).isEqualTo(422);
			assertThat(answer.<List<String>>json("errors[*].field")).containsExactly(field);
		}
	}

	@Test
	void aRoleThatDoesNotExistCanBeReadButIsNotAcceptable() {
		Answer answer = this.http.post("/api/users", this.token, "{\"roles\":[\"USER\",\"BOSS\"]}");
		assertThat(answer.status()).isEqualTo(422);
		assertThat(answer.code()).isEqualTo("validation_failed");
		assertThat(answer.<String>json("errors[0].field")).isEqualTo("roles[1]");
	}

	@Test
	void aNestedListIsMalformed() {
		assertThat(this.http.post("/api/tokens", this.token, "{\"scopes\":[\"notes:read\",[\"x\"]]}").code())
			.isEqualTo("malformed_request");
	}

	@Test
	void whatStoodInTheFieldIsNotRepeated() {
		Answer answer = this.http.post("/api/tokens/diagnose", "{\"token\":[\"" + this.token + "\"]}");
		assertMalformed(answer, "token");
		assertThat(answer.body()).doesNotContain(this.token);
	}

	@Test
	void aTokenInThePlaceOfAFieldOrOfAValueIsNotRepeated() {
		assertThat(this.http.post("/api/notes", this.token, "{\"" + this.token + "\":1}").body())
			.contains("malformed_request")
			.doesNotContain(this.token.substring(10));
		assertThat(this.http.post("/api/tokens", this.token, "{\"name\":\"x\",\"scopes\":[\"" + this.token + "\"]}")
			.body()).contains("validation_failed").doesNotContain(this.token.substring(10, 40));
	}

	@Test
	void severalFieldsThatAreNotAcceptableAreToldAtOnce() {
		Answer answer = this.http.post("/api/tokens", this.token,
				"{\"name\":\"\",\"scopes\":[],\"expires_in_days\":0,\"allowed_ips\":[\"x\"],\"rate_limit\":0}");
		assertThat(answer.status()).isEqualTo(422);
		assertThat(answer.code()).isEqualTo("validation_failed");
		assertThat(answer.<List<String>>json("errors[*].field")).containsExactlyInAnyOrder("name", "scopes",
				"expires_in_days", "allowed_ips", "rate_limit");
		assertThat(answer.<List<String>>json("errors[*].message")).allMatch((message) -> !message.isBlank());
	}

	private static void assertMalformed(Answer answer, String field) {
		assertThat(answer.status()).as(answer.body()).isEqualTo(400);
		assertThat(answer.code()).isEqualTo("malformed_request");
		assertThat(answer.<List<String>>json("errors[*].field")).as(answer.body()).containsExactly(field);
	}

}
