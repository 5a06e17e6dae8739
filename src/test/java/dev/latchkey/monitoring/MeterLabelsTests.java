package dev.latchkey.monitoring;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.jayway.jsonpath.JsonPath;
import dev.latchkey.caller.AuditAction;
import dev.latchkey.limit.NetworkLimits;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.Routes;
import dev.latchkey.testing.Routes.Route;
import dev.latchkey.testing.ServerProcess;
import dev.latchkey.verification.RefusalReason;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Labels have values that were known before anybody asked for anything: what a server of
 * its own tells at first, and what it tells when it was asked for what there is not.
 */
@LatchkeyTest
class MeterLabelsTests {

	private static final String EMAIL = "first@example.com";

	private static final String PASSWORD = "orchard lantern umbrella";

	private static final Pattern SERIES = Pattern.compile("(?m)^([a-z]\\w*)(?:\\{(.*)})? \\S+$");

	private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

	/**
	 * What the server says of itself, by meter and label; no other meter of it has one.
	 */
	private static final Map<String, Map<String, Set<String>>> OWN = Map.of("latchkey_verifications_total",
			Map.of("outcome", Set.of("accepted", "limited", "refused", "undecided"), "reason",
					values(RefusalReason.values(), RefusalReason::value, "none")),
			"latchkey_acts_total", Map.of("action", values(AuditAction.values(), AuditAction::value)),
			"latchkey_cache_lookups_total", Map.of("result", Set.of("hit", "miss")), "latchkey_limits_exceeded_total",
			Map.of("limit", values(NetworkLimits.Door.values(), (door) -> door.name().toLowerCase(Locale.ROOT), "token",
					"sign_in")));

	/**
	 * What stands for all requests that came to no route, patterns of files, and the
	 * proxies' route without the part that each of them may add.
	 */
	private static final Set<String> NO_ROUTES = Set.of("NOT_FOUND", "REDIRECTION", "UNKNOWN", "/**", "/webjars/**",
			"/forward-auth");

	private static final Map<String, Set<String>> OF_REQUESTS = Map.of("method",
			Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "UNKNOWN"), "status",
			values(HttpStatus.values(), (status) -> String.valueOf(status.value())), "outcome",
			Set.of("INFORMATIONAL", "SUCCESS", "REDIRECTION", "CLIENT_ERROR", "SERVER_ERROR"),
			// Whatever is asked, none of it is left to the container.
			"exception", Set.of("none"), "error", Set.of("none"), "le",
			Set.of("0.005", "0.01", "0.025", "0.05", "0.1", "0.25", "0.5", "1.0", "2.5", "5.0", "+Inf"));

	private static ServerProcess server;

	private static String atFirst;

	@Autowired
	private Routes routes;

	@BeforeAll
	static void startAndAskForNothing(@TempDir Path directory) throws IOException, InterruptedException {
		server = new ServerProcess(directory.resolve("server.log"),
				Map.of("LATCHKEY_ADMIN_EMAIL", EMAIL, "LATCHKEY_ADMIN_PASSWORD", PASSWORD));
		atFirst = scrape();
	}

	@AfterAll
	static void stop() throws Exception {
		server.close();
	}

	@Test
	void allOfThemAreThereBeforeAnythingHasHappened() {
		assertThat(labels(atFirst).keySet()).contains("latchkey_acts_total", "latchkey_cache_believed",
				"latchkey_cache_lookups_total", "latchkey_cache_size", "latchkey_cache_staleness_seconds",
				"latchkey_changes_streams", "latchkey_database_waiting", "latchkey_last_uses_unwritten",
				"latchkey_limits_exceeded_total", "latchkey_mail_waiting", "latchkey_passwords_waiting",
				"latchkey_prune_deleted_rows_total", "latchkey_prune_last_seconds", "latchkey_verifications_total");
	}

	/** A series that begins with its first event has no rise that an alert could see. */
	@Test
	void eachValueOfALabelIsThereBeforeItIsCounted() {
		Map<String, Map<String, Set<String>>> told = labels(atFirst);
		OWN.forEach((meter, labels) -> assertThat(told.get(meter)).as(meter).isEqualTo(labels));
	}

	@Test
	void whateverIsAskedForNoLabelHasAValueThatWasNotKnown() throws IOException, InterruptedException {
		await().atMost(Duration.ofMinutes(1)).until(() -> server.log().contains("Made the first administrator"));
		String token = signIn();
		for (String request : hostile(token)) {
			assertThat(send(request)).as(request).startsWith("HTTP/1.1 ");
		}
		Map<String, Map<String, Set<String>>> told = labels(scrape());
		Map<String, Set<String>> requests = new HashMap<>(OF_REQUESTS);
		requests.put("uri", uris());
		told.forEach((meter, labels) -> {
			if (meter.startsWith("latchkey_")) {
				assertThat(labels).as(meter).isEqualTo(OWN.getOrDefault(meter, Map.of()));
			}
			else if (meter.startsWith("http_")) {
				assertThat(meter).startsWith("http_server_requests_seconds");
				assertThat(requests.keySet()).as(meter).containsAll(labels.keySet());
				labels.forEach(
						(label, values) -> assertThat(requests.get(label)).as(meter + " " + label).containsAll(values));
			}
		});
		assertThat(told.get("http_server_requests_seconds_count").get("uri")).contains("/**", "/api/tokens/{id}",
				"/oauth2/introspect");
		assertThat(told.get("http_server_requests_seconds_count").get("method")).contains("UNKNOWN");
	}

	/** As they are written in the code, with names in place of what differs. */
	private Set<String> uris() {
		Set<String> uris = new HashSet<>(NO_ROUTES);
		uris.addAll(this.routes.patterns());
		return uris;
	}

	private List<String> hostile(String token) {
		List<String> requests = new ArrayList<>();
		String good = "Authorization: Bearer " + token;
		String wherever = String.join("\r\n", "User-Agent: marked/1.0", "X-Request-Id: marked", "Referer: marked",
				"Origin: https://marked.example", "Accept: marked/marked", "Accept-Language: marked",
				"X-Forwarded-For: 203.0.113.9", "X-Forwarded-Host: marked.example", "Forwarded: for=marked",
				"Latchkey-Scope: marked:read", "Latchkey-Resource: marked", "Cookie: marked=marked",
				"Content-Type: marked/marked");
		for (Route route : this.routes.all()) {
			String path = route.path().replaceAll("00000000-[0-9-]+", "marked");
			for (String method : List.of(route.method(), "MARKED", "TRACE")) {
				requests.add(
						request(method, path + "?marked=marked&scope=marked:read&resource=marked", wherever, "marked"));
			}
			if (path.startsWith("/api/") && route.method().equals("GET")) {
				requests.add(request("GET", path, good, ""));
			}
		}
		for (String path : List.of("/marked", "/marked/marked", "/api/marked", "/api/tokens/marked/marked",
				"/forward-auth/marked", "/css/marked.css", "/marked.css", "/webjars/marked", "/error", "/error/marked",
				"/.well-known/marked", "/actuator/marked", "/oauth2/marked", "/%6darked", "//marked", "/marked;marked",
				"/marked%00", "/" + "marked".repeat(1000), "*")) {
			requests.add(request("GET", path, "", ""));
			requests.add(request("GET", path, good, ""));
			requests.add(request("PROPFIND", path, good, ""));
		}
		for (String presented : List.of("Bearer marked", "Bearer " + token + "x", "Bearer",
				"Basic bWFya2VkOm1hcmtlZA==", "Marked marked", "Bearer marked\r\nAuthorization: Bearer marked")) {
			requests.add(request("GET", "/api/user", "Authorization: " + presented, ""));
			requests.add(request("GET", "/forward-auth?scope=marked:read", "Authorization: " + presented, ""));
		}
		String form = "Content-Type: application/x-www-form-urlencoded";
		for (String path : List.of("/oauth2/token", "/oauth2/introspect", "/oauth2/revoke",
				"/oauth2/device_authorization", "/oauth2/authorize", "/login")) {
			requests.add(request("POST", path, form, "client_id=marked&client_secret=marked&token=marked&email=marked"
					+ "&password=marked&grant_type=marked&scope=marked:read&resource=https://marked.example"));
		}
		String json = good + "\r\nContent-Type: application/json";
		requests.add(request("POST", "/api/tokens", json, "{\"name\":\"marked\",\"scopes\":[\"marked:read\"]}"));
		requests.add(request("POST", "/api/login", json,
				"{\"email\":\"marked@example.com\",\"password\":\"marked\",\"token_name\":\"x\",\"scopes\":[\"marked\"]}"));
		requests.add(request("GET", "/api/audit-events?action=marked", good, ""));
		requests.add("GET /login HTTP/1.1\r\nHost: marked.example\r\nConnection: close\r\n\r\n");
		requests.add("GET /login HTTP/1.1\r\nHost: mar ked\r\nConnection: close\r\n\r\n");
		requests.add("GET /login HTTP/1.1\r\nHost: a\r\nHost: marked\r\nConnection: close\r\n\r\n");
		requests.add("GET /marked HTTP/1.7\r\nHost: a\r\nConnection: close\r\n\r\n");
		return requests;
	}

	private static String request(String method, String path, String headers, String body) {
		return "%s %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n%s%sContent-Length: %d\r\n\r\n%s"
			.formatted(method, path, headers, headers.isEmpty() ? "" : "\r\n", body.length(), body);
	}

	private static String send(String request) throws IOException {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
			socket.setSoTimeout(30_000);
			socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
			return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		}
	}

	private static String signIn() throws IOException, InterruptedException {
		HttpRequest request = HttpRequest
			.newBuilder(URI.create("http://127.0.0.1:%d/api/login".formatted(server.port())))
			.header("Content-Type", "application/json")
			.POST(BodyPublishers.ofString("""
					{"email": "%s", "password": "%s", "token_name": "x", "scopes": ["*"]}""".formatted(EMAIL,
					PASSWORD)))
			.build();
		return JsonPath.read(HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body(), "$.token");
	}

	private static String scrape() throws IOException, InterruptedException {
		HttpRequest request = HttpRequest
			.newBuilder(URI.create("http://127.0.0.1:%d/actuator/prometheus".formatted(server.managementPort())))
			.build();
		return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
	}

	/** Returns the values of each label of each meter. */
	private static Map<String, Map<String, Set<String>>> labels(String scraped) {
		Map<String, Map<String, Set<String>>> meters = new TreeMap<>();
		Matcher series = SERIES.matcher(scraped);
		while (series.find()) {
			Map<String, Set<String>> labels = meters.computeIfAbsent(series.group(1), (name) -> new TreeMap<>());
			LABEL.matcher(Objects.toString(series.group(2), ""))
				.results()
				.forEach((MatchResult label) -> labels.computeIfAbsent(label.group(1), (name) -> new TreeSet<>())
					.add(label.group(2)));
		}
		return meters;
	}

	private static <T> Set<String> values(T[] all, Function<T, String> value, String... others) {
		return Stream.concat(Stream.of(all).map(value), Stream.of(others)).collect(Collectors.toUnmodifiableSet());
	}

}
