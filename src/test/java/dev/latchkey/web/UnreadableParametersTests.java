package dev.latchkey.web;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.latchkey.testing.Forms;
import dev.latchkey.testing.Http;
import dev.latchkey.testing.Http.Answer;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import dev.latchkey.testing.Visitor;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Queries and forms that cannot be read are the client's doing.
 */
@LatchkeyTest
@ExtendWith(OutputCaptureExtension.class)
class UnreadableParametersTests {

	private static final String FORM = Forms.TYPE;

	@Autowired
	private Http http;

	@Autowired
	private People people;

	static Stream<String> queries() {
		return Stream.of("q=100%", "q=a-value%zz", "=x", "q=%C3%28", "q=x" + "&a=1".repeat(1000));
	}

	@ParameterizedTest
	@MethodSource("queries")
	void aQueryThatCannotBeReadIsMalformed(String query, CapturedOutput output) throws IOException {
		String token = this.people.raw(this.people.superuser(), "*");
		for (String path : List.of("/api/tokens", "/api/users", "/api/audit-events")) {
			String answer = get(path + "?" + query, "Authorization: Bearer " + token + "\r\n");
			assertThat(answer).startsWith("HTTP/1.1 400")
				.contains("application/problem+json", "\"code\":\"malformed_request\"",
						"\"instance\":\"%s\"".formatted(path))
				.doesNotContain("a-value");
		}
		assertThat(output).doesNotContain("a-value", "\tat org.apache");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/login", "/forward-auth", "/oauth2/authorize", "/tokens/new", "/v3/api-docs" })
	void elsewhereItIsNoFailureEither(String path) throws IOException {
		assertThat(get(path + "?scope=a-value%zz&name=%zz", "")).matches("(?s)HTTP/1\\.1 [234].*")
			.doesNotContain("a-value%zz\"");
		String token = this.people.raw(this.people.superuser(), "*");
		assertThat(get(path + "?scope=%zz", "Authorization: Bearer " + token + "\r\n"))
			.matches("(?s)HTTP/1\\.1 [234].*");
	}

	@Test
	void aProxyThatAsksUnreadablyLetsNobodyPass() throws IOException {
		String token = this.people.raw(this.people.superuser(), "*");
		assertThat(get("/forward-auth?scope=%zz", "Authorization: Bearer " + token + "\r\n"))
			.startsWith("HTTP/1.1 403");
	}

	@Test
	void whoeverAskedForTheParameterItIsNoFailure() throws Exception {
		MockHttpServletResponse response = new MockHttpServletResponse();
		new UnreadableParametersFilter().doFilter(new MockHttpServletRequest(), response, (request, answer) -> {
			throw new IllegalStateException(new IllegalArgumentException(new InvalidParameterException("of a page")));
		});
		assertThat(response.getStatus()).isEqualTo(400);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/oauth2/token", "/oauth2/introspect", "/oauth2/revoke", "/login", "/logout" })
	void aFormThatCannotBeReadIsMalformed(String path) {
		Answer answer = post(path, "token=%zz", FORM);
		assertThat(answer.status()).as(answer.body()).isEqualTo(400);
	}

	@ParameterizedTest
	@ValueSource(strings = { FORM, FORM + ";charset=nonsense", "multipart/form-data", "multipart/form-data; boundary=",
			"multipart/form-data; boundary=x", "application/json;charset=nonsense", "application/json;charset=utf-16",
			"text/plain;charset", "*/*", "application/*", ";", "application/xml" })
	void anOddKindOfBodyIsNoFailure(String type) {
		for (String path : List.of("/api/login", "/api/tokens/revoke", "/security/generate-token", "/oauth2/token",
				"/oauth2/introspect", "/login")) {
			Answer answer = post(path, "email=%zz&password", type);
			assertThat(answer.status()).as(path + answer.body()).isBetween(302, 499);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "/login", "/oauth2/token", "/oauth2/introspect" })
	void aFormOverTheLimitIsTooLargeEvenIfItsLengthIsNotAnnounced(String path) {
		String form = "token=" + "x".repeat(64 * 1024);
		assertThat(this.http.sendChunked("POST", path, form, Map.of("Content-Type", List.of(FORM))).status())
			.isEqualTo(413);
	}

	@Test
	void aPageSaysSoToo() {
		Visitor visitor = new Visitor(this.http.base());
		visitor.signIn(this.people.user().email(), People.PASSWORD);
		HttpResponse<String> page = visitor.get("/tokens/new?name=%C3%28");
		assertThat(page.statusCode()).isEqualTo(400);
		assertThat(page.headers().firstValue("Content-Type").orElse("")).startsWith("text/html");
	}

	private Answer post(String path, String body, String type) {
		return this.http.send("POST", path, body, Map.of("Content-Type", List.of(type)));
	}

	private String get(String target, String headers) throws IOException {
		try (Socket socket = new Socket("127.0.0.1", this.http.port())) {
			socket.getOutputStream()
				.write("GET %s HTTP/1.1\r\nHost: x\r\nConnection: close\r\n%s\r\n".formatted(target, headers)
					.getBytes(StandardCharsets.ISO_8859_1));
			return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		}
	}

}
