package dev.latchkey.monitoring;

import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;

import dev.latchkey.testing.Forms;
import dev.latchkey.testing.Http;
import dev.latchkey.testing.OtherSettingsTest;
import dev.latchkey.testing.People;
import dev.latchkey.testing.TestCollector;
import dev.latchkey.testing.TestCollector.ReceivedSpan;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MDC;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * What a collector of traces gets, and what it never gets.
 */
@OtherSettingsTest
class TracingTests {

	private static final String PARENT = "00f067aa0ba902b7";

	@Autowired
	private Http http;

	@Autowired
	private People people;

	@Autowired
	private TestCollector collector;

	@Autowired
	private Traces traces;

	@Autowired
	private FilterRegistrationBean<TracingFilter> filter;

	private final String trace = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong())
			+ "00000000000000a1";

	@Test
	void aRequestIsASpanOfItsCallersTraceWithRouteStatusAndName() {
		String token = this.people.raw(this.people.user(), "user:read");
		assertThat(send("GET", "/api/user", null,
				Map.of("X-Api-Token", List.of("Bearer " + token), "X-Request-Id", List.of("seen-at-ten-past-nine"))))
			.isEqualTo(200);
		ReceivedSpan span = span();
		assertThat(span.name()).isEqualTo("GET /api/user");
		assertThat(span.parent()).isEqualTo(PARENT);
		assertThat(span.attributes()).containsOnly(Map.entry("http.request.method", "GET"),
				Map.entry("http.route", "/api/user"), Map.entry("http.response.status_code", "200"),
				Map.entry("latchkey.request_id", "seen-at-ten-past-nine"));
		assertThat(this.collector.credentials()).containsOnly("only-for-the-collector");
	}

	@Test
	void whatIsRefusedOrIsNotThereHasItsStatus() {
		assertThat(send("GET", "/api/tokens/0199", null, Map.of())).isEqualTo(401);
		assertThat(span().attributes()).containsEntry("http.response.status_code", "401");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/oauth2/introspect", "/oauth2/revoke", "/oauth2/device_authorization", "/oauth2/token" })
	void anEndpointOfOAuthHasItsPathForARoute(String path) {
		List<String> form = List.of(Forms.TYPE);
		int status = send("POST", path, "token=nonsense", Map.of("Content-Type", form));
		ReceivedSpan span = span();
		assertThat(span.name()).isEqualTo("POST " + path);
		assertThat(span.attributes()).containsEntry("http.route", path)
			.containsEntry("http.response.status_code", Integer.toString(status));
	}

	@Test
	void nothingThatAClientWroteIsInATrace() {
		String token = this.people.raw(this.people.user(), "user:read");
		String secret = token.substring(token.indexOf('_') + 1);
		String basic = Base64.getEncoder().encodeToString(("marked:" + token).getBytes());
		Map<String, List<String>> headers = Map.of("X-Api-Token", List.of("Bearer " + token), "Cookie",
				List.of("marked=" + token), "tracestate", List.of("marked=" + token), "baggage",
				List.of("marked=" + token), "User-Agent", List.of("marked " + token), "Referer",
				List.of("https://marked.example/" + token), "X-Forwarded-For", List.of("198.51.100.99"), "X-Request-Id",
				List.of(token));
		for (String path : List.of("/api/user", "/api/user?token=" + token, "/forward-auth?marked=" + token,
				"/forward-auth/marked/" + token, "/reset-password/" + token, "/api/tokens/" + token,
				"/css/" + token + ".css", "/oauth2/authorize?code=" + token, "/login?marked=" + token)) {
			send("GET", path, null, headers);
			send("MARKED", path, null, headers);
		}
		send("POST", "/oauth2/token", "grant_type=authorization_code&code=" + token,
				Map.of("Content-Type", List.of(Forms.TYPE), "Authorization", List.of("Basic " + basic)));
		send("POST", "/api/tokens/revoke", "{\"tokens\": [\"marked\", \"" + token + "\"]}", headers);
		assertThat(spans(20)).allSatisfy((span) -> {
			assertThat(span.state()).isEmpty();
			assertThat(span.hasEvents()).isFalse();
		});
		assertThat(this.collector.everything()).doesNotContain(secret, basic, "marked", "MARKED", "198.51.100.99");
	}

	@Test
	void ofAnExceptionItsClassAloneIsTold() {
		MockHttpServletRequest request = new MockHttpServletRequest("GET", "/");
		request.addHeader("traceparent", parent());
		assertThatIllegalStateException()
			.isThrownBy(() -> filter().doFilter(request, new MockHttpServletResponse(), (asked, answer) -> {
				throw new IllegalStateException("marked by an exception");
			}));
		assertThat(span().attributes()).containsEntry("error.type", "java.lang.IllegalStateException")
			.containsEntry("http.response.status_code", "500");
		assertThat(this.collector.everything()).doesNotContain("marked");
	}

	@Test
	void anOutageThatNobodyCaughtIsUnavailableAsItsAnswerIs() {
		MockHttpServletRequest request = new MockHttpServletRequest("GET", "/");
		request.addHeader("traceparent", parent());
		assertThatException()
			.isThrownBy(() -> filter().doFilter(request, new MockHttpServletResponse(), (asked, answer) -> {
				throw new CannotGetJdbcConnectionException("marked by an outage");
			}));
		assertThat(span().attributes()).containsEntry("http.response.status_code", "503");
	}

	@Test
	void theLogKnowsTheTraceWhileTheRequestIsUnderWay() throws Exception {
		MockHttpServletRequest request = new MockHttpServletRequest("GET", "/");
		request.addHeader("traceparent", parent());
		AtomicReference<String> logged = new AtomicReference<>();
		filter().doFilter(request, new MockHttpServletResponse(), (asked, answer) -> logged.set(MDC.get("trace.id")));
		assertThat(logged).hasValue(this.trace);
		assertThat(MDC.get("trace.id")).isNull();
	}

	private TracingFilter filter() {
		return this.filter.getFilter();
	}

	private int send(String method, String path, String body, Map<String, List<String>> headers) {
		Map<String, List<String>> all = new HashMap<>(headers);
		all.put("traceparent", List.of(parent()));
		return this.http.send(method, path, body, all).status();
	}

	private String parent() {
		return "00-%s-%s-01".formatted(this.trace, PARENT);
	}

	private ReceivedSpan span() {
		return spans(1).get(0);
	}

	/** An answer may be read before its request has ended. */
	private List<ReceivedSpan> spans(int count) {
		Awaitility.await().until(() -> {
			this.traces.send();
			return this.collector.spans(this.trace).size() >= count;
		});
		return this.collector.spans(this.trace);
	}

}
