package dev.latchkey.problem;

import java.util.List;
import java.util.Map;

import dev.latchkey.testing.Http;
import dev.latchkey.testing.Http.Answer;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever goes wrong under {@code /api} is answered in one shape.
 */
@LatchkeyTest
@ExtendWith(OutputCaptureExtension.class)
class ErrorShapeTests {

	@Autowired
	private Http http;

	@Autowired
	private People people;

	@Autowired
	private JdbcTemplate jdbc;

	private String token;

	@BeforeEach
	void makeToken() {
		this.token = this.people.raw(this.people.user(), "*");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/api", "/api/", "/api/nothing", "/api/notes/", "/api/notes/x/y", "/api/tokens/x/rotate" })
	void anUnknownPathIsNotFound(String path) {
		Answer answer = this.http.get(path, this.token);
		assertProblem(answer, (path.endsWith("rotate")) ? 405 : 404,
				(path.endsWith("rotate")) ? "method_not_allowed" : "not_found");
		assertThat(answer.<String>json("instance")).isEqualTo(path);
	}

	@Test
	void anUnknownPathIsNotFoundForAGuestToo() {
		assertProblem(this.http.get("/api/nothing"), 404, "not_found");
	}

	@ParameterizedTest
	@CsvSource({ "PUT,/api/notes,GET", "DELETE,/api/user,GET", "GET,/api/login,POST", "POST,/api/scopes,GET",
			"PUT,/api/tokens/revoke,POST" })
	void anotherMethodIsNotAllowed(String method, String path, String allowed) {
		Answer answer = this.http.send(method, path, null, Http.bearer(this.token));
		assertProblem(answer, 405, "method_not_allowed");
		assertThat(answer.header("Allow")).contains(allowed);
	}

	@ParameterizedTest
	@ValueSource(strings = { "TRACE", "PROPFIND", "FOO" })
	void aMethodThatNobodyKnowsIsRefusedInTheSameShape(String method) {
		Answer answer = this.http.send(method, "/api/notes", null, Http.bearer(this.token));
		assertProblem(answer, 405, "method_not_allowed");
	}

	@Test
	void whatCannotBeAnsweredInTheWantedFormIsNotAcceptable() {
		assertProblem(sendAccepting("GET", "/api/notes", null, "text/html"), 406, "not_acceptable");
	}

	@Test
	void whatCannotBeAnsweredInTheWantedFormIsNotDoneEither() {
		assertProblem(sendAccepting("POST", "/api/notes", "{\"text\":\"tea\",\"copies\":1}", "text/html"), 406,
				"not_acceptable");
		assertThat(this.http.get("/api/notes", this.token).<Integer>json("total")).isZero();
	}

	@ParameterizedTest
	@ValueSource(strings = { "*/*", "application/*", "application/json", "text/html, application/json;q=0.1",
			"application/problem+json, application/json" })
	void whatCanBeAnsweredInTheWantedFormIs(String accept) {
		assertThat(sendAccepting("GET", "/api/notes", null, accept).status()).isEqualTo(200);
	}

	@Test
	void aProblemIsToldWhateverFormIsWanted() {
		assertProblem(sendAccepting("GET", "/api/nothing", null, "text/html"), 404, "not_found");
		assertProblem(this.http.send("GET", "/api/notes", null, Map.of("Accept", List.of("text/html"))), 401,
				"authentication_required");
	}

	@ParameterizedTest
	@ValueSource(strings = { "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x",
			"application/xml", "nonsense" })
	void anotherMediaTypeIsUnsupported(String type) {
		Answer answer = this.http.send("POST", "/api/notes", "text=tea&copies=1",
				Map.of("Authorization", List.of("Bearer " + this.token), "Content-Type", List.of(type)));
		assertProblem(answer, 415, "unsupported_media_type");
	}

	@Test
	void aBodyOverTheLimitIsTooLarge() {
		String note = "{\"text\":\"" + "x".repeat(64 * 1024) + "\",\"copies\":1}";
		assertProblem(this.http.post("/api/notes", this.token, note), 413, "payload_too_large");
		assertProblem(this.http.post("/api/login", note), 413, "payload_too_large");
		assertThat(this.http.post("/api/login", note).<String>json("detail")).contains("65536 bytes");
	}

	@Test
	void aBodyOverTheLimitIsTooLargeEvenIfItsLengthIsNotAnnounced() {
		String note = "{\"text\":\"" + "x".repeat(64 * 1024) + "\",\"copies\":1}";
		Answer answer = this.http.sendChunked("POST", "/api/notes", note, Http.bearer(this.token));
		assertProblem(answer, 413, "payload_too_large");
		assertThat(answer.<String>json("detail")).contains("65536 bytes");
	}

	@Test
	void aFailureOfTheServerTellsNothingOfItsInside(CapturedOutput log) {
		this.jdbc.execute("alter table test_note rename to test_note_gone");
		try {
			Answer answer = this.http.get("/api/notes", this.token);
			assertProblem(answer, 500, "internal_error");
			assertThat(answer.body()).doesNotContain("test_note", "SQL", "Exception", "at dev.latchkey");
			assertThat(log).contains("A request failed", "test_note", "at dev.latchkey");
		}
		finally {
			this.jdbc.execute("alter table test_note_gone rename to test_note");
		}
	}

	@Test
	void aFailureInTheFiltersHasTheSameShape() {
		String other = this.people.raw(this.people.user(), "*");
		this.jdbc.execute("alter table api_token rename column hint to hint_gone");
		try {
			Answer answer = this.http.get("/api/notes", other);
			assertProblem(answer, 500, "internal_error");
			assertThat(answer.body()).doesNotContain("api_token", "SQL", "Exception", "at dev.latchkey");
		}
		finally {
			this.jdbc.execute("alter table api_token rename column hint_gone to hint");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "/api/notes;x=1", "/api//notes", "/api/%2e%2e/notes", "/api/notes%00", "/api/notes%0a" })
	void aPathThatTheFirewallRefusesHasTheSameShape(String path) {
		Answer answer = this.http.get(path, this.token);
		assertThat(answer.status()).isIn(400, 404);
		assertProblem(answer, answer.status(), (answer.status() == 400) ? "malformed_request" : "not_found");
	}

	@Test
	void aTokenInThePathIsNotRepeated() {
		Answer answer = this.http.get("/api/notes/" + this.token, this.token);
		assertProblem(answer, 404, "not_found");
		assertThat(answer.body()).doesNotContain(this.token);
	}

	private Answer sendAccepting(String method, String path, String json, String accept) {
		return this.http.send(method, path, json,
				Map.of("Authorization", List.of("Bearer " + this.token), "Accept", List.of(accept)));
	}

	private static void assertProblem(Answer answer, int status, String code) {
		assertThat(answer.status()).as(answer.body()).isEqualTo(status);
		assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
		assertThat(answer.code()).isEqualTo(code);
		assertThat(answer.<Integer>json("status")).isEqualTo(status);
		assertThat(answer.<String>json("type")).isNotBlank();
		assertThat(answer.<String>json("title")).isNotBlank();
		assertThat(answer.<String>json("detail")).isNotBlank();
		assertThat(answer.<String>json("instance")).isNotBlank();
		assertThat(answer.body()).doesNotContain("Exception", "\"trace\"");
	}

}
