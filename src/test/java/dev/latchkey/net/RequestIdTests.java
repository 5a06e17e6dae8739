package dev.latchkey.net;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.latchkey.testing.Http;
import dev.latchkey.testing.Http.Answer;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import dev.latchkey.testing.Routes;
import dev.latchkey.testing.Routes.Route;
import jakarta.servlet.ServletException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MDC;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a request is called: in the header of whatever answers it, and in the audit.
 */
@LatchkeyTest
class RequestIdTests {

	private static final String HOST = "Host: localhost\r\nConnection: close\r\n";

	@Autowired
	private Http http;

	@Autowired
	private Routes routes;

	@Autowired
	private People people;

	@Autowired
	private JdbcClient jdbc;

	@Test
	void whatIsAskedOfTheServerAsAWholeHasOneToo() throws IOException {
		String asked = "OPTIONS * HTTP/1.1\r\n" + HOST;
		assertThat(this.http.raw(asked + "\r\n")).startsWith("HTTP/1.1 200")
			.containsPattern("(?i)\r\nX-Request-Id: [0-9a-f]{32}\r\n");
		assertThat(this.http.raw(asked + "X-Request-Id: mine-1\r\n\r\n")).contains("X-Request-Id: mine-1\r\n");
		assertThat(this.http.raw("GET * HTTP/1.1\r\n" + HOST + "\r\n").split("X-Request-Id:", -1)).hasSize(2);
	}

	@Test
	void everyAnswerHasOneOfItsOwn() {
		Set<String> seen = new HashSet<>();
		List<Route> all = this.routes.all();
		for (Route route : all) {
			List<String> ids = answered(route, Map.of()).response().headers().allValues(RequestId.HEADER);
			assertThat(ids).as(route.toString()).singleElement().asString().matches("[0-9a-f]{32}");
			seen.addAll(ids);
		}
		assertThat(seen).hasSameSizeAs(all);
	}

	@Test
	void whatTheClientCallsARequestStandsInTheHeaderOfEveryAnswerAndInNoBody() {
		for (Route route : this.routes.all()) {
			Answer answer = answered(route, Map.of(RequestId.HEADER, List.of("trace-0815.Call_1")));
			assertThat(answer.response().headers().allValues(RequestId.HEADER)).as(route.toString())
				.containsExactly("trace-0815.Call_1");
			assertThat(answer.body()).as(route.toString()).doesNotContain("trace-0815");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET /api/user HTTP/1.1\r\n~X: a\0b\r\n\r\n", "GET /livez HTTP/3.1\r\n~\r\n",
			"GET /api/user?\1 HTTP/1.1\r\n~\r\n", "GET /tokens/%zz HTTP/1.1\r\n~\r\n",
			"GET /api//user HTTP/1.1\r\n~\r\n", "POST /login HTTP/1.1\r\n~Content-Length: x\r\n\r\n",
			"TRACE /api/user HTTP/1.1\r\n~\r\n", "GET /livez HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n" })
	void whatTheContainerRefusesHasOneToo(String request) {
		assertThat(this.http.raw(request.replace("~", HOST))).containsPattern("(?i)\r\nX-Request-Id: [0-9a-f]{32}\r\n");
	}

	@ParameterizedTest
	@ValueSource(strings = { "a b", "ä", "a/b", "a:b", "<script>", "a,b", "\"a\"", "a\u00a0b", "%41", "a;b", "",
			"lkp_00000000000000000000000000000000000000000000000000000000" })
	void whatIsNoNameOrATokenIsNotRepeated(String sent) {
		assertNamedByChance(RequestId.HEADER + ": " + sent + "\r\n");
	}

	@Test
	void neitherIsWhatIsTooLongOrStandsTwice() {
		assertNamedByChance(RequestId.HEADER + ": " + "a".repeat(65) + "\r\n");
		assertNamedByChance("X-Request-Id: one\r\nx-request-id: two\r\n");
		assertThat(this.http.raw(get("x-request-id: " + "a".repeat(64) + "\r\n"))).contains("a".repeat(64));
	}

	@Test
	void theAuditSaysByWhichRequestSomethingWasDone() {
		String token = this.people.raw(this.people.user(), "tokens:write", "tokens:read");
		Answer made = this.http.send("POST", "/api/tokens", "{\"name\":\"x\",\"scopes\":[\"tokens:read\"]}",
				Map.of("Authorization", List.of("Bearer " + token), RequestId.HEADER, List.of("made-by-this")));
		assertThat(this.jdbc.sql("select request_id from audit_event where token_id = cast(:id as uuid)")
			.param("id", made.json("id"))
			.query(String.class)
			.list()).containsExactly("made-by-this");
	}

	@Test
	void whatIsLoggedMeanwhileCarriesIt() throws IOException, ServletException {
		List<@Nullable String> seen = new ArrayList<>();
		RequestIdValve valve = new RequestIdValve();
		valve.setNext(new ValveBase() {

			@Override
			public void invoke(Request request, Response response) {
				seen.add(MDC.get("request_id") + " " + RequestId.of(request));
			}

		});
		Connector connector = new Connector();
		Response response = new Response(new org.apache.coyote.Response());
		valve.invoke(new Request(connector, new org.apache.coyote.Request()), response);
		assertThat(seen)
			.containsExactly(response.getHeader(RequestId.HEADER) + " " + response.getHeader(RequestId.HEADER));
		assertThat(MDC.get("request_id")).isNull();
	}

	private Answer answered(Route route, Map<String, List<String>> headers) {
		return this.http.send(route.method(), route.path(), null, headers);
	}

	private void assertNamedByChance(String header) {
		assertThat(this.http.raw(get(header))).containsPattern("(?i)\r\nX-Request-Id: [0-9a-f]{32}\r\n");
	}

	private static String get(String header) {
		return "GET /api/user HTTP/1.1\r\n" + HOST + header + "\r\n";
	}

}
