package dev.latchkey.security;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import dev.latchkey.caller.User;
import dev.latchkey.persistence.DatabaseOutage;
import dev.latchkey.testing.App;
import dev.latchkey.testing.Apps;
import dev.latchkey.testing.AtOnce;
import dev.latchkey.testing.ClientRequest;
import dev.latchkey.testing.Forms;
import dev.latchkey.testing.Http;
import dev.latchkey.testing.Http.Answer;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import dev.latchkey.testing.Pkce;
import dev.latchkey.testing.Routes;
import dev.latchkey.testing.Routes.Handled;
import dev.latchkey.testing.Routes.Route;
import dev.latchkey.testing.SecretScanner;
import dev.latchkey.testing.TcpLine;
import dev.latchkey.testing.TestDatabase;
import dev.latchkey.testing.Visitor;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Without the database nobody is let in, and nobody is told that his token is bad.
 * Whoever waits for it waits as long as with the settings that the application has.
 */
@LatchkeyTest
@DirtiesContext
@Import(DatabaseOutOfReachTests.CutLine.class)
class DatabaseOutOfReachTests {

	private static final Set<String> LEADING_ELSEWHERE = Set.of("/", "/login/failed");

	private static final String POOL_TIMEOUT = "spring.datasource.hikari.connection-timeout";

	/** They wait, and do nothing else. */
	private static final int AT_ONCE = 48;

	private static final Duration PROMISED = Duration.ofSeconds(2);

	private static final Duration WELL = Duration.ofSeconds(5);

	/**
	 * Longer than anything is believed, and than anybody pauses before he tries again.
	 */
	private static final Duration OUTAGE = Duration.ofSeconds(6);

	/** What the node says of itself, and what is a page. */
	private static final Set<String> FOR_OTHERS = Set.of("/.well-known/oauth-authorization-server", "/livez", "/readyz",
			"/oauth2/authorize");

	private static final String REDIRECT = "https://app.example/callback";

	private static final String ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token";

	private static final String EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";

	private static final String DEVICE = "urn:ietf:params:oauth:grant-type:device_code";

	@Autowired
	private Http http;

	@Autowired
	private People people;

	@Autowired
	private TcpLine line;

	@Autowired
	private Routes routes;

	@Autowired
	private JdbcTemplate jdbc;

	@Autowired
	private Apps apps;

	@Autowired
	private DataSource pool;

	@LocalManagementPort
	private int managementPort;

	@DynamicPropertySource
	static void waitAsTheApplicationDoes(DynamicPropertyRegistry settings) {
		YamlPropertiesFactoryBean own = new YamlPropertiesFactoryBean();
		own.setResources(new ClassPathResource("application.yaml"));
		settings.add(POOL_TIMEOUT, () -> Objects.requireNonNull(own.getObject()).get(POOL_TIMEOUT));
	}

	@AfterEach
	void mend() {
		this.line.mend();
		awaitReadiness();
	}

	private void awaitReadiness() {
		await().atMost(Duration.ofSeconds(20))
			.untilAsserted(() -> assertThat(this.http.get("/readyz").status()).isEqualTo(200));
	}

	@Test
	void whoeverCallsIsAskedToComeBack() {
		User user = this.people.user();
		String known = this.people.raw(user, "*");
		String fresh = this.people.raw(user, "*");
		assertThat(this.http.get("/api/user", known).status()).isEqualTo(200);
		this.line.cut();
		assertThat(this.http.get("/forward-auth?scope=parcels:read", known).status()).isIn(403, 503);
		assertUnavailable(this.http.get("/api/user", fresh));
		await().atMost(Duration.ofSeconds(20))
			.untilAsserted(() -> assertUnavailable(this.http.get("/api/user", known)));
		assertUnavailable(this.http.get("/api/scopes", fresh));
		assertUnavailable(this.http.post("/api/login",
				"{\"email\":\"a@b\",\"password\":\"x\",\"token_name\":\"x\",\"scopes\":[\"*\"]}"));
		assertUnavailable(this.http.post("/api/tokens/diagnose", "{\"token\":\"%s\"}".formatted(fresh)));
		assertUnavailable(this.http.post("/api/tokens/revoke", "{\"tokens\":[\"%s\"]}".formatted(fresh)));
		assertThat(this.http.get("/api/user", "nonsense").status()).isEqualTo(401);
		assertThat(this.http.get("/api/user").status()).isEqualTo(401);
		assertUnavailable(this.http.get("/api/scopes"));
		assertThat(this.http.get("/livez").status()).isEqualTo(200);
		this.line.mend();
		await().atMost(Duration.ofSeconds(20))
			.untilAsserted(() -> assertThat(this.http.get("/api/user", known).status()).isEqualTo(200));
		assertThat(this.http.get("/api/user", fresh).status()).isEqualTo(200);
	}

	/**
	 * Resources that somebody has just changed are asked for anew, which here nobody can,
	 * while the node goes on hearing of changes: what it knows of the token is certain.
	 */
	@Test
	void aRefusalStandsThoughItsScopesCannotBeLookedUp() throws SQLException {
		String known = this.people.raw(this.people.user(), "user:read");
		assertThat(this.http.get("/api/user", known).status()).isEqualTo(200);
		declareResource();
		try (Connection holder = CutLine.connect(); Statement statement = holder.createStatement()) {
			holder.setAutoCommit(false);
			statement.execute("lock table protected_resource in access exclusive mode");
			Answer answer = this.http.get("/forward-auth?scope=lookedup:read", known);
			assertThat(answer.code()).as(answer.body()).isEqualTo("insufficient_scope");
			assertThat(answer.body()).doesNotContain("request_token_url");
		}
		assertThat(this.http.get("/forward-auth?scope=lookedup:read", known).body()).contains("request_token_url");
	}

	@Test
	void whereTheTokenItselfIsNotCertainNothingIsRefused() {
		String known = this.people.raw(this.people.user(), "user:read");
		declareResource();
		assertThat(this.http.get("/forward-auth?scope=lookedup:read", known).status()).isEqualTo(403);
		this.line.cut();
		await().atMost(Duration.ofSeconds(20))
			.untilAsserted(() -> assertUnavailable(this.http.get("/api/user", known)));
		assertUnavailable(this.http.get("/forward-auth?scope=lookedup:read", known));
	}

	private void declareResource() {
		String admin = this.people.raw(this.people.superuser(), "resources:write");
		assertThat(this.http.put("/api/resources/lookedup", admin, """
				{"address": "https://lookedup.example",
				 "scopes": [{"name": "lookedup:read", "description": "Look it up %s", "role": "USER"}]}
				""".formatted(UUID.randomUUID())).status()).isIn(200, 201);
	}

	/** Not after the driver's minute. It is not done, and does not become done later. */
	@Test
	void aChangeThatIsUnderWayWhenTheDatabaseFreezesIsToldSoSoon() throws Exception {
		User user = this.people.user();
		String token = this.people.raw(user, "tokens:write");
		assertThat(this.http.get("/api/tokens/current", token).status()).isEqualTo(200);
		try (Connection holder = CutLine.connect(); Statement statement = holder.createStatement()) {
			holder.setAutoCommit(false);
			statement.execute("select 1 from token_owner where id = '%s' for update".formatted(user.id()));
			CompletableFuture<Answer> making = CompletableFuture.supplyAsync(
					() -> this.http.post("/api/tokens", token, "{\"name\":\"lost\",\"scopes\":[\"tokens:write\"]}"));
			await().until(() -> isSomebodyWaiting(statement));
			this.line.freeze();
			try {
				Answer answer = making.get(15, TimeUnit.SECONDS);
				assertUnavailable(answer);
				assertThat(answer.<String>json("detail")).isEqualTo(DatabaseOutage.DETAIL);
			}
			finally {
				this.line.thaw();
			}
		}
		await().atMost(Duration.ofSeconds(20))
			.untilAsserted(() -> assertThat(this.http.get("/readyz").status()).isEqualTo(200));
		assertThat(this.jdbc.queryForObject("select count(*) from api_token where name = 'lost'", Long.class)).isZero();
	}

	private static boolean isSomebodyWaiting(Statement statement) throws SQLException {
		try (ResultSet row = statement.executeQuery(
				"""
						select exists(select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database())
						""")) {
			return row.next() && row.getBoolean(1);
		}
	}

	@Test
	void theNodeIsNotReady() {
		assertThat(this.http.get("/readyz").status()).isEqualTo(200);
		this.line.cut();
		assertThat(this.http.get("/readyz").status()).isEqualTo(503);
		assertThat(this.http.get("/livez").status()).isEqualTo(200);
		assertThat(status(management("/actuator/health/readiness"))).isEqualTo(503);
		assertThat(status(management("/actuator/health/liveness"))).isEqualTo(200);
	}

	/** As after a failover to a server that is a standby still. */
	@Test
	void aServerThatTakesNoWritesDecidesNothing() throws SQLException {
		String token = this.people.raw(this.people.user(), "*");
		String database = this.jdbc.queryForObject("select current_database()", String.class);
		administer("alter database %s set default_transaction_read_only = on".formatted(database));
		try {
			this.line.cut();
			this.line.mend();
			await().atMost(Duration.ofSeconds(20))
				.untilAsserted(() -> assertUnavailable(this.http.get("/api/user", token)));
			assertThat(this.http.get("/readyz").status()).isEqualTo(503);
			assertThat(this.http.get("/livez").status()).isEqualTo(200);
			assertUnavailable(this.http.post("/api/tokens/diagnose", "{\"token\":\"%s\"}".formatted(token)));
		}
		finally {
			administer("alter database %s reset default_transaction_read_only".formatted(database));
		}
		await().atMost(Duration.ofSeconds(20))
			.untilAsserted(() -> assertThat(this.http.get("/api/user", token).status()).isEqualTo(200));
	}

	private static void administer(String sql) throws SQLException {
		try (Connection connection = CutLine.connect(); Statement statement = connection.createStatement()) {
			statement.execute("set default_transaction_read_only = off");
			statement.execute(sql);
		}
	}

	@Test
	void everyPageAndFormIsAnsweredByAPageThatSaysSo() throws Exception {
		Visitor person = new Visitor(this.http.base());
		person.signIn(this.people.superuser().email(), People.PASSWORD);
		assertThat(person.get("/tokens").statusCode()).isEqualTo(200);
		this.line.cut();
		SoftAssertions all = new SoftAssertions();
		List<Route> pages = pages();
		List<HttpResponse<String>> answers = AtOnce.each(AT_ONCE, pages, (route) -> route.method().equals("GET")
				? person.get(route.path()) : person.post(route.path(), "email", "a@b.example", "password", "wrong"));
		for (int i = 0; i < pages.size(); i++) {
			Route route = pages.get(i);
			HttpResponse<String> answer = answers.get(i);
			all.assertThat(answer.statusCode()).as("%s %s", route, answer.body()).isEqualTo(503);
			all.assertThat(answer.headers().firstValue("Retry-After")).as(route + "").contains("2");
			all.assertThat(answer.headers().firstValue("Content-Type").orElse(""))
				.as(route + "")
				.startsWith("text/html");
			all.assertThat(answer.body()).as(route + "").contains("The database could not do this");
		}
		all.assertAll();
	}

	@Test
	void everyRouteTellsAProgramSoWhateverSessionItHas() throws Exception {
		Visitor person = new Visitor(this.http.base());
		person.signIn(this.people.superuser().email(), People.PASSWORD);
		Map<String, List<String>> cookie = Map.of("Cookie", List.of("latchkey_session=" + person.session()));
		this.line.cut();
		List<Route> asked = Stream
			.concat(pages().stream(), this.routes.api().stream().filter((route) -> route.method().equals("GET")))
			.filter((route) -> !route.path().equals("/api/scopes"))
			.toList();
		assertAllUnavailable(asked, (route) -> this.http.send(route.method(), route.path(), null, cookie));
	}

	/** Also those that are open to guests, once somebody brings a token. */
	@Test
	void everyRouteTellsSoWhoeverBringsAToken() throws Exception {
		String token = this.people.raw(this.people.superuser(), "*");
		List<Route> asked = this.routes.openedByToken();
		assertThat(asked).extracting(Route::path).contains("/api/user", "/forward-auth", "/admin/my-account");
		this.line.cut();
		assertAllUnavailable(asked, (route) -> this.http.call(route, token));
	}

	/**
	 * Here the node goes on hearing of changes, and knows the token: what fails is
	 * whatever the route asks the database for.
	 */
	@Test
	void noRouteMakesAnythingElseOfThatForWhoIsKnown() throws Exception {
		String token = this.people.raw(this.people.superuser(), "*");
		assertThat(this.http.get("/api/tokens/current", token).status()).isEqualTo(200);
		List<Route> asked = this.routes.openedByToken();
		whileThePoolGivesNothing(() -> {
			List<Answer> answers = AtOnce.each(AT_ONCE, asked, (route) -> this.http.call(route, token));
			SoftAssertions all = new SoftAssertions();
			for (int i = 0; i < asked.size(); i++) {
				Answer answer = answers.get(i);
				all.assertThat(answer.status()).as("%s %s", asked.get(i), answer.body()).isNotIn(401, 403, 500);
				if (answer.status() == 503) {
					all.assertThat(answer.body()).as(asked.get(i) + "").contains("\"code\":\"unavailable\"");
					all.assertThat(answer.header("Retry-After")).as(asked.get(i) + "").isEqualTo("2");
				}
			}
			all.assertThat(answers).extracting(Answer::status).contains(200, 503);
			all.assertAll();
		});
	}

	@Test
	void everyDoorTellsAnApplicationSo() throws Exception {
		App known = client(this.people.user());
		Doors doors = doors(known, this.apps.own(this.people.user()));
		App unseen = client(this.people.user());
		Map<String, Supplier<Answer>> asked = doors.ofClients(unseen, this.apps.own(this.people.user()));
		this.line.cut();
		asked.put("/changes",
				() -> this.http.send("GET", "/changes", null, Map.of("Authorization", List.of(unseen.basic()))));
		asked.putAll(doors.ofToken(this.http));
		assertThat(this.routes.outsideOfControllers()).extracting(Route::path)
			.filteredOn((path) -> asked.keySet().stream().noneMatch((door) -> door.startsWith(path)))
			.isSubsetOf(FOR_OTHERS);
		assertAllUnavailable(asked.keySet(), (door) -> Objects.requireNonNull(asked.get(door)).get());
	}

	/** No token is called dead because it cannot be looked up. */
	@Test
	void everyDoorTellsAnApplicationSoThatIsKnown() throws Exception {
		App known = client(this.people.user());
		App own = this.apps.own(this.people.user());
		Map<String, Supplier<Answer>> asked = doors(known, own).ofClients(known, own);
		whileThePoolGivesNothing(() -> {
			assertThat(known.post("/oauth2/introspect", "token", "nothing").body()).isEqualTo("{\"active\":false}");
			assertAllUnavailable(asked.keySet(), (door) -> Objects.requireNonNull(asked.get(door)).get());
		});
	}

	/** Well-formed and right, of tokens that this node has not seen. */
	private Doors doors(App known, App own) {
		User user = this.people.user();
		Answer device = known.post("/oauth2/device_authorization", "scope", "user:read");
		assertThat(device.status()).as(device.body()).isEqualTo(200);
		Answer signed = known.token("grant_type", EXCHANGE, "subject_token", this.people.raw(user, "user:read"),
				"subject_token_type", ACCESS_TOKEN);
		assertThat(signed.status()).as(signed.body()).isEqualTo(200);
		Answer pair = own.signIn(user);
		assertThat(pair.status()).as(pair.body()).isEqualTo(200);
		return new Doors(user, this.people.raw(user, "*"), this.people.raw(user, "*"), pair.json("refresh_token"),
				signed.json("access_token"), device.json("device_code"));
	}

	private void whileThePoolGivesNothing(Work work) throws Exception {
		List<Connection> taken = new ArrayList<>();
		try {
			for (int i = 0; i < this.pool.unwrap(HikariDataSource.class).getMaximumPoolSize(); i++) {
				taken.add(this.pool.getConnection());
			}
			work.run();
		}
		finally {
			for (Connection one : taken) {
				one.close();
			}
		}
	}

	private App client(User account) {
		return this.apps.of(this.apps.register(ClientRequest.named("Some App")
			.allowed("user:read")
			.by("authorization_code", "refresh_token", "client_credentials", EXCHANGE, DEVICE)
			.redirectingTo(REDIRECT)
			.actingFor(account.email())));
	}

	private static <T> void assertAllUnavailable(Collection<T> asked, Function<T, Answer> asking) throws Exception {
		List<Answer> answers = AtOnce.each(AT_ONCE, asked, asking);
		SoftAssertions all = new SoftAssertions();
		int i = 0;
		for (T one : asked) {
			Answer answer = answers.get(i++);
			all.assertThat(answer.status()).as("%s %s", one, answer.body()).isEqualTo(503);
			all.assertThat(answer.body()).as(one + "").contains("\"code\":\"unavailable\"");
			all.assertThat(answer.header("Retry-After")).as(one + "").isEqualTo("2");
			all.assertThat(answer.header("WWW-Authenticate")).as(one + "").isNull();
		}
		all.assertAll();
	}

	/**
	 * Whoever waits twice waits longer each time that it is tried, while a busy machine
	 * lets one be quicker sooner or later.
	 */
	@Test
	void nobodyWaitsTwiceForTheDatabase() {
		Visitor visitor = new Visitor(this.http.base()).signIn(this.people.user());
		assertThat(visitor.get("/login").statusCode()).isEqualTo(200);
		this.line.cut();
		emptyThePool();
		assertThat(new Visitor(this.http.base()).get("/login").statusCode()).isEqualTo(200);
		await().atMost(Duration.ofMinutes(1))
			.until(() -> isToldInTime(() -> assertThat(visitor.get("/login").statusCode()).isEqualTo(503)));
	}

	/** From the first moment on, and when the pool has no connection any more. */
	@ParameterizedTest
	@EnumSource
	void whoeverAsksHearsOfItWithinTwoSeconds(Failure failure) {
		User user = this.people.user();
		String known = this.people.raw(user, "tokens:write");
		Map<String, Function<String, Answer>> asked = Map.of("with a token that nobody knows",
				(fresh) -> this.http.get("/api/tokens/current", fresh), "for a token",
				(fresh) -> this.http.post("/api/tokens", known, "{\"name\":\"x\",\"scopes\":[\"tokens:write\"]}"),
				"to be signed in", (fresh) -> this.http.post("/api/login", """
						{"email":"%s","password":"%s","token_name":"x","scopes":["user:read"]}
						""".formatted(user.email(), People.PASSWORD)));
		asked.forEach((what, asking) -> await(what).atMost(Duration.ofMinutes(1)).until(() -> {
			String fresh = this.people.raw(user, "user:read");
			assertThat(this.http.get("/api/tokens/current", known).status()).isEqualTo(200);
			failure.begin(this.line);
			try {
				boolean atFirst = isToldInTime(() -> assertUnavailable(asking.apply(fresh)));
				emptyThePool();
				return atFirst && isToldInTime(() -> assertUnavailable(asking.apply(fresh)));
			}
			finally {
				failure.end(this.line);
				awaitReadiness();
			}
		}));
	}

	/**
	 * Counted from when the database itself answers: to a connection that is nobody's, on
	 * the same line. Who was never here before is as welcome as who was.
	 */
	@ParameterizedTest
	@EnumSource
	void allIsWellWithinFiveSecondsOfTheDatabaseAnsweringAgain(Failure failure) throws SQLException {
		User user = this.people.user();
		String known = this.people.raw(user, "user:read");
		List<String> cold = Stream.generate(() -> this.people.raw(user, "user:read")).limit(20).toList();
		assertThat(this.http.get("/api/user", known).status()).isEqualTo(200);
		long begin = System.nanoTime();
		failure.begin(this.line);
		try {
			await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
				assertThat(this.http.get("/readyz").status()).isEqualTo(503);
				assertUnavailable(this.http.get("/api/user", known));
				assertThat(System.nanoTime() - begin).isGreaterThan(OUTAGE.toNanos());
			});
		}
		finally {
			failure.end(this.line);
		}
		CutLine.connect(this.line).close();
		long answered = System.nanoTime();
		await().atMost(Duration.ofSeconds(30)).until(() -> this.http.get("/readyz").status() == 200);
		await().atMost(Duration.ofSeconds(30)).until(() -> this.http.get("/api/user", cold.get(0)).status() == 200);
		assertThat(Duration.ofNanos(System.nanoTime() - answered)).isLessThan(WELL);
		assertThat(cold).allSatisfy((token) -> assertThat(this.http.get("/api/user", token).status()).isEqualTo(200));
		assertThat(this.http.get("/api/user", known).status()).isEqualTo(200);
		assertThat(this.http.get("/readyz").status()).isEqualTo(200);
	}

	private void emptyThePool() {
		try {
			this.pool.unwrap(HikariDataSource.class).getHikariPoolMXBean().softEvictConnections();
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static boolean isToldInTime(Runnable asking) {
		long begin = System.nanoTime();
		asking.run();
		return Duration.ofNanos(System.nanoTime() - begin).compareTo(PROMISED) < 0;
	}

	/**
	 * What is for people, but for what leads elsewhere whoever asks. An application's
	 * request is answered to people by a filter.
	 */
	private List<Route> pages() {
		Stream<Route> ofFilters = this.routes.outsideOfControllers()
			.stream()
			.filter((route) -> route.path().equals("/oauth2/authorize"));
		return Stream.concat(this.routes.handled().stream().filter(Handled::isPage).map(Handled::route), ofFilters)
			.filter((route) -> !LEADING_ELSEWHERE.contains(route.path()))
			.distinct()
			.toList();
	}

	private HttpRequest management(String path) {
		return HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d%s".formatted(this.managementPort, path))).build();
	}

	private static int status(HttpRequest request) {
		try {
			return HttpClient.newHttpClient().send(request, BodyHandlers.discarding()).statusCode();
		}
		catch (IOException | InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void assertUnavailable(Answer answer) {
		assertThat(answer.status()).as(answer.body()).isEqualTo(503);
		assertThat(answer.code()).isEqualTo("unavailable");
		assertThat(answer.header("Retry-After")).matches("[1-9]\\d*");
		assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
		assertThat(answer.header("WWW-Authenticate")).isNull();
	}

	/** What becomes of the line. */
	enum Failure {

		/** The database is down. */
		CUT {
			@Override
			void begin(TcpLine line) {
				line.cut();
			}

			@Override
			void end(TcpLine line) {
				line.mend();
			}
		},

		/** It stands still, or the network swallows everything. */
		FROZEN {
			@Override
			void begin(TcpLine line) {
				line.freeze();
			}

			@Override
			void end(TcpLine line) {
				line.thaw();
			}
		};

		abstract void begin(TcpLine line);

		abstract void end(TcpLine line);

	}

	private interface Work {

		void run() throws Exception;

	}

	/**
	 * What programs ask, with what somebody has given them.
	 *
	 * @param user who that is
	 * @param token a token that was never used
	 * @param other another one
	 * @param refreshToken a refresh token
	 * @param jwt a token that this server has signed
	 * @param deviceCode the code of a device
	 */
	private record Doors(User user, String token, String other, String refreshToken, String jwt, String deviceCode) {

		Map<String, Supplier<Answer>> ofClients(App app, App own) {
			Map<String, Supplier<Answer>> asked = new LinkedHashMap<>();
			asked.put("/oauth2/token for itself", () -> app.token("grant_type", "client_credentials"));
			asked.put("/oauth2/token for a code", () -> app.token("grant_type", "authorization_code", "code",
					"a-code-of-somebody", "redirect_uri", REDIRECT, "code_verifier", Pkce.VERIFIER));
			asked.put("/oauth2/token for a refresh token",
					() -> app.token("grant_type", "refresh_token", "refresh_token", this.refreshToken));
			asked.put("/oauth2/token for a device",
					() -> app.token("grant_type", DEVICE, "device_code", this.deviceCode));
			asked.put("/oauth2/token for a token", () -> app.token("grant_type", EXCHANGE, "subject_token", this.token,
					"subject_token_type", ACCESS_TOKEN));
			for (String subject : List.of(this.token, this.refreshToken, this.jwt)) {
				String kind = subject.substring(0, 3);
				String form = Forms.form("token", subject);
				asked.put("/oauth2/introspect of " + kind, () -> app.post("/oauth2/introspect", "token", subject));
				asked.put("/oauth2/introspect anew of " + kind, () -> app.http()
					.sendForm("/oauth2/introspect", form,
							Map.of("Authorization", List.of(app.basic()), "Cache-Control", List.of("no-cache"))));
				asked.put("/oauth2/revoke of " + kind, () -> app.post("/oauth2/revoke", "token", subject));
			}
			asked.put("/oauth2/device_authorization",
					() -> app.post("/oauth2/device_authorization", "scope", "user:read"));
			asked.put("/security/generate-token", () -> own.signIn(this.user));
			asked.put("/security/refresh-token", () -> own.refresh(this.refreshToken));
			return asked;
		}

		Map<String, Supplier<Answer>> ofToken(Http http) {
			return Map.of("/oauth2/introspect by a token",
					() -> http.postForm("/oauth2/introspect", "Bearer " + this.token, "token", this.other),
					"/changes by a token", () -> http.get("/changes", this.token), "/oauth2/jwks",
					() -> http.get("/oauth2/jwks"), "/forward-auth", () -> http.get("/forward-auth", this.token),
					"/forward-auth/x",
					() -> http.send("GET", "/forward-auth/x", null,
							Map.of("Authorization", List.of("Bearer " + this.token), "Latchkey-Scope",
									List.of("user:read"))),
					"/secret-scanning/alerts",
					() -> SecretScanner.report(http, "[{\"token\":\"%s\",\"type\":\"x\"}]".formatted(this.token)));
		}

	}

	@TestConfiguration(proxyBeanMethods = false)
	static class CutLine {

		private static final JdbcConnectionDetails REAL = TestDatabase.create();

		private static final URI ADDRESS = URI.create(REAL.getJdbcUrl().substring("jdbc:".length()));

		static Connection connect() throws SQLException {
			return DriverManager.getConnection(REAL.getJdbcUrl(), REAL.getUsername(), REAL.getPassword());
		}

		static Connection connect(TcpLine line) throws SQLException {
			return DriverManager.getConnection(urlBehind(line), REAL.getUsername(), REAL.getPassword());
		}

		private static String urlBehind(TcpLine line) {
			return "jdbc:postgresql://127.0.0.1:%d%s".formatted(line.port(), ADDRESS.getPath());
		}

		@Bean
		TcpLine line() {
			return new TcpLine(new InetSocketAddress(ADDRESS.getHost(), ADDRESS.getPort()));
		}

		@Bean
		@Primary
		JdbcConnectionDetails databaseBehindTheLine(TcpLine line) {
			String url = urlBehind(line);
			return new JdbcConnectionDetails() {

				@Override
				public String getUsername() {
					return REAL.getUsername();
				}

				@Override
				public String getPassword() {
					return REAL.getPassword();
				}

				@Override
				public String getJdbcUrl() {
					return url;
				}

			};
		}

	}

}
