package host;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import javax.sql.DataSource;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Services keep what the application has said of a token, and hear from it of changes.
 */
@Timeout(value = 30, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ChangesTests {

	/** The service "billing", whose secret is "good". */
	private static final String SERVICE = "Basic YmlsbGluZzpnb29k";

	private static final JsonMapper JSON = new JsonMapper();

	private static Running shop;

	@BeforeAll
	static void start() {
		shop = Running.start(List.of(Shop.class, IntrospectionTests.Chain.class, IntrospectionTests.Services.class),
				"latchkey.routes.introspection=true", "latchkey.owners.max-staleness=40s");
	}

	@AfterAll
	static void stop() {
		shop.close();
	}

	@Test
	void anAnswerSaysWhatMayChangeItAndIsBelievedNoLongerThanTheApplicationIs() {
		JsonNode answer = ask(shop.token("anna", "invoices:read"));
		assertThat(answer.path("active").asBoolean()).isTrue();
		assertThat(answer.path("places")).hasSizeGreaterThan(1);
		assertThat(answer.path("rules").asString()).isNotEmpty();
		assertThat(answer.path("address_bound").asBoolean()).isFalse();
		assertThat(answer.has("rate_limit")).isTrue();
		assertThat(answer.path("believe_s").asInt()).isEqualTo(40);
		assertThat(answer.path("sub").asString()).isEqualTo("anna");
	}

	/**
	 * Who keeps answers may have heard of a change of which this node has not: what it
	 * remembers of an owner is not enough.
	 */
	@Test
	void whoKeepsTheAnswerIsToldWhatTheApplicationSaysNow() {
		shop.users().put("fired", true, "ROLE_USER");
		String token = shop.token("fired", "invoices:read");
		assertThat(ask(token).path("active").asBoolean()).isTrue();
		shop.users().put("fired", false, "ROLE_USER");
		assertThat(shop.get("/api/invoices", token).statusCode()).isEqualTo(200);
		assertThat(ask(token).path("active").asBoolean()).isFalse();
		assertThat(shop.get("/api/invoices", token).statusCode()).isEqualTo(401);
		shop.users().put("fired", true, "ROLE_USER");
		assertThat(ask(token).path("active").asBoolean()).isTrue();
	}

	@Test
	void aServiceHearsOfWhatIsRevokedOrChangedOrDoneByHand() throws Exception {
		shop.users().put("watched", true, "ROLE_USER");
		String first = shop.token("watched", "invoices:read");
		String second = shop.token("watched", "invoices:read");
		JsonNode known = ask(first);
		JsonNode other = ask(second);
		try (Stream changes = follow(shop.request("/changes").header("Authorization", SERVICE))) {
			JsonNode hello = changes.next("hello");
			assertThat(hello.path("rules")).isEqualTo(known.path("rules"));
			changes.next("beat");
			shop.tokens().revoke(first);
			changes.untilMarked(known);
			shop.tokens().ownerChanged("watched");
			changes.untilMarked(other);
			shop.bean(JdbcTemplate.class)
				.update("update latchkey.api_token set name = 'By hand' where id = cast(? as uuid)",
						other.path("jti").asString());
			changes.untilMarked(other);
			changes.next("beat");
		}
	}

	/** The row says what the application said: without a mark its word would stand. */
	@Test
	void aServiceHearsOfAnOwnerWhoseRowIsChangedByHand() throws Exception {
		shop.users().put("mirrored", true, "ROLE_USER");
		JsonNode known = ask(shop.token("mirrored", "invoices:read"));
		try (Stream changes = follow(shop.request("/changes").header("Authorization", SERVICE))) {
			changes.next("beat");
			shop.bean(JdbcTemplate.class)
				.update("update latchkey.token_owner set name = 'By hand' where host_id = 'mirrored'");
			changes.untilMarked(known);
		}
	}

	@Test
	void onlyWhoMayAskMayFollow() throws Exception {
		assertThat(shop.send(shop.request("/changes")).statusCode()).isEqualTo(401);
		assertThat(shop.get("/changes", shop.token("anna", "invoices:read")).statusCode()).isEqualTo(403);
		HttpResponse<String> posted = shop
			.send(shop.request("/changes").header("Authorization", SERVICE).POST(HttpRequest.BodyPublishers.noBody()));
		assertThat(posted.statusCode()).isEqualTo(405);
		String token = shop.token("anna", "tokens:introspect");
		try (Stream changes = follow(shop.request("/changes").header("Authorization", "Bearer " + token))) {
			changes.next("hello");
			shop.tokens().revoke(token);
			changes.untilOver();
		}
	}

	/** To the container a stream is a request that is under way. */
	@Test
	void anApplicationThatStopsWaitsForNobodyWhoFollows() throws Exception {
		List<Class<?>> sources = List.of(Shop.class, IntrospectionTests.Chain.class, IntrospectionTests.Services.class);
		try (Running other = Running.start(sources, "latchkey.routes.introspection=true",
				"spring.lifecycle.timeout-per-shutdown-phase=20s")) {
			HealthIndicator hearing = other.context().getBean("latchkeyHealthIndicator", HealthIndicator.class);
			Awaitility.await().until(() -> Status.UP.equals(hearing.health().getStatus()));
			try (Stream changes = follow(other.request("/changes").header("Authorization", SERVICE))) {
				changes.next("beat");
				long begun = System.nanoTime();
				other.close();
				changes.untilOver();
				assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
			}
		}
	}

	@Test
	void theApplicationCountsWhoFollows() throws Exception {
		SimpleMeterRegistry registry = new SimpleMeterRegistry();
		shop.context().getBeansOfType(MeterBinder.class).values().forEach((meters) -> meters.bindTo(registry));
		Gauge streams = registry.get("latchkey.changes.streams").gauge();
		try (Stream changes = follow(shop.request("/changes").header("Authorization", SERVICE))) {
			changes.next("hello");
			assertThat(streams.value()).isPositive();
		}
	}

	/**
	 * A question waits as long as the pool has it wait, here for a second; a service
	 * gives up after two. What changes is heard by a connection beside the pool.
	 */
	@Test
	void whileThePoolOfTheApplicationIsUsedUpNothingIsSaidOfATokenAndChangesAreHeard() throws Exception {
		List<Class<?>> sources = List.of(Shop.class, IntrospectionTests.Chain.class, IntrospectionTests.Services.class);
		try (Running busy = Running.start(sources, "latchkey.routes.introspection=true",
				"spring.datasource.hikari.maximum-pool-size=2", "spring.datasource.hikari.connection-timeout=1000")) {
			HealthIndicator hearing = busy.context().getBean("latchkeyHealthIndicator", HealthIndicator.class);
			Awaitility.await().until(() -> Status.UP.equals(hearing.health().getStatus()));
			String token = busy.token("anna", "invoices:read");
			JsonNode known = JSON.readTree(answer(busy, token).body());
			try (Stream changes = follow(busy.request("/changes").header("Authorization", SERVICE))) {
				changes.next("beat");
				try (Connection one = busy.bean(DataSource.class).getConnection();
						Connection other = busy.bean(DataSource.class).getConnection();
						Statement byHand = other.createStatement()) {
					assertThat(one).isNotSameAs(other);
					HttpResponse<String> undecided = answer(busy, token);
					assertThat(undecided.statusCode()).isEqualTo(503);
					assertThat(undecided.headers().firstValue("Retry-After")).isPresent();
					byHand.executeUpdate("delete from latchkey.api_token");
					changes.untilMarked(known);
					changes.next("beat");
				}
			}
			Awaitility.await().until(() -> answer(busy, token).body().contains("\"active\":false"));
		}
	}

	private static JsonNode ask(String token) {
		HttpResponse<String> answer = answer(shop, token);
		assertThat(answer.statusCode()).isEqualTo(200);
		return JSON.readTree(answer.body());
	}

	private static HttpResponse<String> answer(Running application, String token) {
		return application.send(application.request("/oauth2/introspect")
			.header("Authorization", SERVICE)
			.header("Cache-Control", "no-cache")
			.header("Content-Type", "application/x-www-form-urlencoded")
			.POST(HttpRequest.BodyPublishers.ofString("token=" + token)));
	}

	private static Stream follow(HttpRequest.Builder request) throws Exception {
		HttpResponse<InputStream> answer = HttpClient.newHttpClient()
			.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/event-stream");
		return new Stream(new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8)));
	}

	/** What a service reads. */
	private record Stream(BufferedReader lines) implements AutoCloseable {

		/** Returns what comes with the next event of that name. */
		JsonNode next(String event) throws IOException {
			String line = this.lines.readLine();
			while (!("event: " + event).equals(line)) {
				assertThat(line).as("a line before the event " + event).isNotNull();
				line = this.lines.readLine();
			}
			return JSON.readTree(this.lines.readLine().substring("data: ".length()));
		}

		/** Reads until something has changed on which that answer depends. */
		void untilMarked(JsonNode answer) throws IOException {
			boolean marked = false;
			while (!marked) {
				JsonNode places = next("mark").path("places");
				marked = places.isString()
						|| answer.path("places").valueStream().anyMatch((one) -> contains(places, one));
			}
		}

		private static boolean contains(JsonNode places, JsonNode place) {
			return places.valueStream().anyMatch(place::equals);
		}

		void untilOver() throws IOException {
			while (this.lines.readLine() != null) {
				Thread.onSpinWait();
			}
		}

		@Override
		public void close() throws IOException {
			this.lines.close();
		}

	}

}
