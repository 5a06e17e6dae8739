package host;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import dev.latchkey.embedded.LatchkeyConfigurer;
import dev.latchkey.embedded.LatchkeyDataSource;
import dev.latchkey.embedded.LatchkeyTokens;
import dev.latchkey.embedded.OwnerChanged;
import dev.latchkey.embedded.OwnerUnknownException;
import dev.latchkey.embedded.TokenOwner;
import dev.latchkey.embedded.TokenOwners;
import dev.latchkey.scope.Public;
import dev.latchkey.scope.RequiresScope;
import dev.latchkey.token.TokenState;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.ApplicationEventMulticaster;
import org.springframework.context.event.SimpleApplicationEventMulticaster;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.security.access.hierarchicalroles.RoleHierarchy;
import org.springframework.security.access.hierarchicalroles.RoleHierarchyImpl;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.event.TransactionalEventListener;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.RestControllerAdvice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Applications with one trap each.
 */
@ExtendWith(OutputCaptureExtension.class)
class TrapsTests {

	@Test
	void anAdviceForEveryExceptionMakesNo500OfARefusal() {
		try (Running shop = Running.start(List.of(Shop.class, Advice.class))) {
			String narrow = shop.token("anna", "tokens:read");
			assertThat(shop.get("/api/invoices", narrow).statusCode()).isEqualTo(403);
			assertThat(shop.get("/api/undecided", narrow).statusCode()).isEqualTo(403);
			assertThat(shop.get("/api/me", "lkp_nonsense").statusCode()).isEqualTo(401);
			HttpResponse<String> broken = shop.get("/api/broken", narrow);
			assertThat(broken.statusCode()).isEqualTo(500);
			assertThat(broken.body()).contains("the application's own words");
		}
	}

	@Test
	void aFailureOfTheApplicationIsShownByItsOwnPageForErrors() {
		try (Running shop = Running.start(List.of(Shop.class))) {
			HttpResponse<String> broken = shop.get("/api/broken", shop.token("anna", "tokens:read"));
			assertThat(broken.statusCode()).isEqualTo(500);
			assertThat(broken.body()).contains("\"path\":\"/api/broken\"");
		}
	}

	@Test
	void pathsAreThoseWithinTheApplication() {
		try (Running shop = Running.start(List.of(Shop.class), "server.servlet.context-path=/shop")) {
			String token = shop.token("anna", "invoices:read");
			assertThat(shop.get("/api/invoices", token).statusCode()).isEqualTo(200);
			assertThat(shop.get("/reports", token).statusCode()).isEqualTo(403);
		}
	}

	@Test
	void aServletWhereNoAnnotationStandsIsOpenToNoToken() {
		try (Running shop = Running.start(List.of(Shop.class, Servlet.class))) {
			assertThat(shop.get("/api/servlet", shop.token("root", "*")).statusCode()).isEqualTo(403);
		}
	}

	@Test
	void whatTheRoleHierarchyIncludesCounts() {
		try (Running shop = Running.start(List.of(Shop.class, Hierarchy.class))) {
			assertThat(shop.post("/api/invoices/delete", shop.token("boss", "invoices:delete")).statusCode())
				.isEqualTo(200);
		}
	}

	/**
	 * An application may know of a user what his last sign-in brought, with what it was
	 * made by.
	 */
	@Test
	void byWhatASignInWasMadeIsNoRight() {
		for (String trap : List.of("latchkey.owners.administrator=FACTOR_PASSWORD",
				"latchkey.owners.administrator=ROLE_ADMIN")) {
			try (Running shop = Running.start(List.of(Shop.class, HierarchyOfFactors.class), trap)) {
				shop.users().put("careful", true, "ROLE_USER", "FACTOR_PASSWORD");
				String token = shop.token("careful", "invoices:read", "invoices:delete");
				assertThat(shop.get("/api/invoices", token).statusCode()).as(trap).isEqualTo(200);
				assertThat(shop.post("/api/invoices/delete", token).statusCode()).as(trap).isEqualTo(403);
			}
		}
	}

	@Test
	void aMulticasterThatTellsNobodyDelaysNoRevocation() {
		try (Running shop = Running.start(List.of(Shop.class, Multicaster.class))) {
			String token = shop.token("anna", "invoices:read");
			assertThat(shop.get("/api/invoices", token).statusCode()).isEqualTo(200);
			shop.bean(Multicaster.class).deaf = true;
			shop.tokens().revoke(token);
			assertThat(shop.get("/api/invoices", token).statusCode()).isEqualTo(401);
			String second = shop.token("anna", "invoices:read");
			shop.context().publishEvent(OwnerChanged.deleted("anna"));
			assertThat(shop.get("/api/invoices", second).statusCode()).isEqualTo(401);
			shop.bean(Multicaster.class).deaf = false;
		}
	}

	@Test
	void ofTwoDataSourcesTheMarkedOneHasTheTokens() {
		try (Running shop = Running.start(List.of(Shop.class, TwoMarked.class))) {
			String token = shop.token("anna", "invoices:read");
			assertThat(shop.get("/api/invoices", token).statusCode()).isEqualTo(200);
			shop.tokens().revoke(token);
			assertThat(shop.get("/api/invoices", token).statusCode()).isEqualTo(401);
			assertThat(isSchemaIn(shop.context().getBean("tokens", DataSource.class))).isTrue();
			assertThat(isSchemaIn(shop.context().getBean("orders", DataSource.class))).isFalse();
		}
	}

	@Test
	void ofTwoUnmarkedDataSourcesNobodyChooses() {
		assertThatException().isThrownBy(() -> Running.start(List.of(Shop.class, TwoUnmarked.class)).close())
			.havingRootCause()
			.withMessageContaining("@LatchkeyDataSource");
	}

	/** By user names instead, a token would be somebody else's. */
	@Test
	void ofTwoWhoSayWhoseTokensTheyAreNobodyChooses() {
		assertThatException().isThrownBy(() -> Running.start(List.of(Shop.class, TwoWhoSay.class)).close())
			.havingRootCause()
			.isInstanceOf(NoUniqueBeanDefinitionException.class)
			.withMessageContaining("customers,employees");
	}

	@Test
	void anotherDatabaseThanPostgresStartsWithoutTokens(CapturedOutput said) {
		try (Running shop = Running.startOn("jdbc:h2:mem:host", List.of(Shop.class), "spring.datasource.username=sa")) {
			assertThat(saidOfLatchkey(said)).singleElement()
				.asString()
				.contains("WARN", "Latchkey is off: the application's database is no PostgreSQL.", "503");
			assertThat(shop.get("/api/me", "lkp_anything").statusCode()).isEqualTo(503);
			assertThat(shop.get("/api/me").statusCode()).isEqualTo(401);
			shop.context().publishEvent(OwnerChanged.of("anna"));
			assertThatException().isThrownBy(() -> shop.token("anna", "invoices:read"))
				.withMessageContaining("no PostgreSQL");
		}
	}

	@Test
	void withoutAWordOnWhoseTheyAreThereAreNoTokens(CapturedOutput said) {
		try (Running shop = Running.start(List.of(Shop.class), "latchkey.owners.username-is-id=false")) {
			assertThat(saidOfLatchkey(said)).singleElement()
				.asString()
				.contains("WARN", "Latchkey is off: nobody says whose tokens they would be",
						"a bean of type TokenOwners", "latchkey.owners.username-is-id=true");
			assertThat(shop.get("/api/me", "lkp_anything").statusCode()).isEqualTo(503);
			assertThatException().isThrownBy(() -> shop.token("anna", "invoices:read"))
				.withMessageContaining("TokenOwners");
		}
	}

	/** Each write would have all nodes ask the database anew about all his tokens. */
	@Test
	void whoIsAskedAboutAgainAndAgainIsWrittenOnlyWhereHeDiffers() {
		try (Running eager = Running.start(List.of(Shop.class), "latchkey.owners.max-staleness=1ms")) {
			String token = eager.token("anna", "invoices:read");
			JdbcTemplate jdbc = eager.bean(JdbcTemplate.class);
			String version = "select xmin::text from latchkey.token_owner where host_id = 'anna'";
			String before = jdbc.queryForObject(version, String.class);
			int asked = eager.users().asked;
			for (int i = 0; i < 5; i++) {
				assertThat(eager.get("/api/invoices", token).statusCode()).isEqualTo(200);
			}
			assertThat(eager.users().asked).isGreaterThan(asked + 3);
			assertThat(jdbc.queryForObject(version, String.class)).isEqualTo(before);
			eager.users().put("anna", true, "ROLE_USER", "ROLE_ADMIN");
			assertThat(eager.get("/api/invoices", token).statusCode()).isEqualTo(200);
			assertThat(jdbc.queryForObject(version, String.class)).isNotEqualTo(before);
		}
	}

	/** Each would have its own answer else, and the directory as many questions. */
	@Test
	void ofSeveralWhoWantToKnowOfOneUserOneAsks() throws Exception {
		int several = 4;
		CountDownLatch answered = new CountDownLatch(1);
		ExecutorService clients = Executors.newFixedThreadPool(several);
		try (Running shop = Running.start(List.of(Shop.class))) {
			String token = shop.token("anna", "invoices:read");
			int asked = shop.users().asked;
			shop.users().beforeAnswer = () -> awaits(answered);
			List<Future<HttpResponse<String>>> answers = Stream
				.generate(() -> clients.submit(() -> shop.get("/api/invoices", token)))
				.limit(several)
				.toList();
			eventually(() -> inOwnerMirror() == several);
			answered.countDown();
			for (Future<HttpResponse<String>> answer : answers) {
				assertThat(answer.get().statusCode()).isEqualTo(200);
			}
			assertThat(shop.users().asked).isEqualTo(asked + 1);
		}
		finally {
			answered.countDown();
			clients.shutdownNow();
		}
	}

	@Test
	void whatOneNodeEndsIsOutOnTheOther() {
		String database = Running.newDatabase();
		try (Running one = Running.startOn(database, List.of(Shop.class));
				Running other = Running.startOn(database, List.of(Shop.class))) {
			String token = one.token("anna", "invoices:read");
			String second = one.token("anna", "invoices:read");
			assertThat(other.get("/api/invoices", token).statusCode()).isEqualTo(200);
			assertThat(other.get("/api/invoices", second).statusCode()).isEqualTo(200);
			one.tokens().revoke(token);
			assertThat(endsWithinTheBound(other, token)).isTrue();
			other.users().put("anna", false, "ROLE_USER");
			one.users().put("anna", false, "ROLE_USER");
			one.tokens().ownerChanged("anna");
			assertThat(endsWithinTheBound(other, second)).isTrue();
		}
	}

	@Test
	void aResourceServerDoesNotTakeATokenForItsOwn() {
		for (Class<?> chain : List.of(ResourceServer.class, ResourceServerOfBoots.class)) {
			try (Running shop = Running.start(List.of(Shop.class, chain))) {
				String token = shop.token("anna", "invoices:read");
				assertThat(shop.get("/api/invoices", token).statusCode()).isEqualTo(200);
				assertThat(shop.post("/api/invoices", token).statusCode()).isEqualTo(200);
				assertThat(shop.get("/api/undecided", token).statusCode()).isEqualTo(403);
				assertThat(shop.get("/api/me", "lkp_nonsense").statusCode()).isEqualTo(401);
				assertThat(shop.get("/api/undecided", "of-somebody-else").statusCode()).isEqualTo(200);
				assertThat(shop.get("/api/undecided", "of-nobody").statusCode()).isEqualTo(401);
				// Good for little, perhaps; what it made would be good for all.
				shop.users().put("somebody", true, "ROLE_USER");
				assertThat(shop
					.send(shop.request("/api/tokens")
						.header("Authorization", "Bearer of-somebody-else")
						.header("Content-Type", "application/json")
						.POST(HttpRequest.BodyPublishers.ofString("{\"name\": \"CI\", \"scopes\": [\"*\"]}")))
					.statusCode()).isEqualTo(401);
				assertThat(shop.tokens().of("somebody")).isEmpty();
			}
		}
	}

	@Test
	void whatAClassSaysHoldsForWhatItInheritsAndForNoOtherClass() {
		try (Running shop = Running.start(List.of(Shop.class, Inheriting.class))) {
			String token = shop.token("anna", "invoices:read");
			assertThat(shop.get("/api/open/things", token).statusCode()).isEqualTo(200);
			assertThat(shop.get("/api/shut/things", token).statusCode()).isEqualTo(403);
			assertThat(shop.get("/api/open/things", token).statusCode()).isEqualTo(200);
		}
	}

	@Test
	void transactionsOfAnotherDatabaseHaveNoPartInIt() {
		try (Running shop = Running.start(List.of(Shop.class, TwoMarked.class, OfOrders.class))) {
			assertThatException().isThrownBy(() -> shop.token("anna", "no:such"));
			assertThat(new JdbcTemplate(shop.context().getBean("tokens", DataSource.class))
				.queryForObject("select count(*) from latchkey.token_owner", Long.class)).isZero();
			assertThat(shop.bean(LikeJpas.class).begun).isZero();
		}
	}

	@Test
	void whatIsPublishedInATransactionOfAnotherDatabaseIsHeardAfterIt() {
		try (Running shop = Running.start(List.of(Shop.class, TwoMarked.class, OfOrders.class))) {
			String token = shop.token("anna", "invoices:read");
			TransactionTemplate transaction = new TransactionTemplate(shop.bean(LikeJpas.class));
			transaction.executeWithoutResult((status) -> {
				// Whoever has read has bound a connection of the other database.
				assertThat(shop.tokens().of("anna")).hasSize(1);
				shop.context().publishEvent(OwnerChanged.deleted("anna"));
				status.setRollbackOnly();
			});
			assertThat(shop.get("/api/invoices", token).statusCode()).isEqualTo(200);
			transaction.executeWithoutResult((status) -> {
				shop.context().publishEvent(OwnerChanged.deleted("anna"));
				assertThat(shop.get("/api/invoices", token).statusCode()).isEqualTo(200);
			});
			assertThat(shop.get("/api/invoices", token).statusCode()).isEqualTo(401);
		}
	}

	/** As Hibernate wants it where it is told that the pool has switched that off. */
	@Test
	void aPoolThatCommitsNothingByItselfLosesNothing() {
		try (Running shop = Running.start(List.of(Shop.class), "spring.datasource.hikari.auto-commit=false",
				"latchkey.owners.max-staleness=1ns")) {
			String token = shop.token("anna", "invoices:read");
			assertThat(shop.get("/api/invoices", token).statusCode()).isEqualTo(200);
			shop.users().put("anna", false, "ROLE_USER");
			assertThat(shop.get("/api/invoices", token).statusCode()).isEqualTo(401);
			shop.users().put("anna", true, "ROLE_ADMIN");
			assertThat(shop.get("/api/invoices", token).statusCode()).isEqualTo(200);
			assertThat(shop.get("/api/invoices/delete", token).statusCode()).isEqualTo(405);
			eventually(() -> rows(shop, "select count(*) from latchkey.token_owner where enabled and roles = 'ADMIN'"));
			eventually(() -> rows(shop, "select count(*) from latchkey.api_token where last_used_at is not null"));
			eventually(() -> rows(shop, "select count(*) from latchkey.audit_event where action = 'token.created'"));
			eventually(() -> rows(shop, "select count(*) from latchkey.audit_event where action = 'token.refused'"));
		}
	}

	/** By a connection of its own, which sees what others have committed. */
	private static boolean rows(Running shop, String counting) {
		DriverManagerDataSource others = new DriverManagerDataSource(
				shop.context().getEnvironment().getRequiredProperty("spring.datasource.url"), "postgres", "");
		return new JdbcTemplate(others).queryForObject(counting, Long.class) > 0;
	}

	/**
	 * What a pool gives that commits nothing by itself is taken back after the commit.
	 */
	@Test
	void whatIsPublishedOnceATransactionIsCommittedIsHeard() {
		try (Running shop = Running.start(List.of(Shop.class, AfterCommit.class),
				"spring.datasource.hikari.auto-commit=false")) {
			String token = shop.token("anna", "invoices:read");
			TransactionTemplate transaction = new TransactionTemplate(shop.bean(PlatformTransactionManager.class));
			transaction.executeWithoutResult((status) -> {
				shop.context().publishEvent(new Left("anna"));
				status.setRollbackOnly();
			});
			assertThat(shop.get("/api/invoices", token).statusCode()).isEqualTo(200);
			transaction.executeWithoutResult((status) -> shop.context().publishEvent(new Left("anna")));
			assertThat(shop.get("/api/invoices", token).statusCode()).isEqualTo(401);
			assertThat(shop.tokens().of("anna")).allMatch((one) -> one.state() == TokenState.REVOKED);
		}
	}

	@Test
	void whatIsPublishedAfterASavepointGoesBackWithIt() {
		try (Running shop = Running.start(List.of(Shop.class))) {
			String token = shop.token("anna", "invoices:read");
			PlatformTransactionManager manager = shop.bean(PlatformTransactionManager.class);
			TransactionTemplate transaction = new TransactionTemplate(manager);
			TransactionTemplate nested = new TransactionTemplate(manager);
			nested.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
			transaction.executeWithoutResult((outer) -> nested.executeWithoutResult((inner) -> {
				shop.context().publishEvent(OwnerChanged.deleted("anna"));
				inner.setRollbackOnly();
			}));
			assertThat(shop.get("/api/invoices", token).statusCode()).isEqualTo(200);
			transaction.executeWithoutResult((outer) -> {
				shop.context().publishEvent(OwnerChanged.deleted("anna"));
				nested.executeWithoutResult((inner) -> inner.setRollbackOnly());
			});
			assertThat(shop.get("/api/invoices", token).statusCode()).isEqualTo(401);
		}
	}

	/** Managers of transactions bind what is behind it. */
	@Test
	void aDataSourceThatKnowsOfTransactionsStandsForTheOneBehindIt() {
		try (Running shop = Running.start(List.of(Shop.class, Aware.class))) {
			String token = shop.token("anna", "invoices:read");
			assertThat(shop.get("/api/invoices", token).statusCode()).isEqualTo(200);
			new TransactionTemplate(shop.bean(PlatformTransactionManager.class)).executeWithoutResult((status) -> {
				shop.token("anna", "invoices:read");
				status.setRollbackOnly();
			});
			assertThat(shop.tokens().of("anna")).hasSize(1);
		}
	}

	@Test
	void transactionsLikeJpasThatAreOfTheSameDatabaseAreUsed() {
		try (Running shop = Running.start(List.of(Shop.class, OfTokens.class))) {
			shop.token("anna", "invoices:read");
			assertThat(shop.bean(LikeJpas.class).begun).isPositive();
		}
	}

	@Test
	void whoDoesNotSayWhoseATokenIsMakesNo500() {
		try (Running shop = Running.start(List.of(Shop.class, Speechless.class))) {
			String token = shop.token("anna", "invoices:read");
			for (String silence : List.of("null", "thrown")) {
				shop.bean(Speechless.class).silence = silence;
				shop.tokens().ownerChanged("anna");
				assertThat(shop.get("/api/invoices", token).statusCode()).as(silence).isEqualTo(503);
				assertThatExceptionOfType(OwnerUnknownException.class)
					.isThrownBy(() -> shop.token("anna", "invoices:read"));
				assertThat(shop.send(shop.request("/api/tokens").header("Authorization", basic())).statusCode())
					.as(silence)
					.isEqualTo(503);
				assertThat(shop.send(shop.request("/api/making").header("Authorization", basic())).statusCode())
					.as(silence)
					.isEqualTo(503);
			}
			shop.bean(Speechless.class).silence = "";
			assertThat(shop.get("/api/invoices", token).statusCode()).isEqualTo(200);
		}
	}

	@Test
	void aScopeThatNobodyDeclaredStopsTheStart() {
		assertThatException().isThrownBy(() -> Running.start(List.of(Shop.class, Misspelt.class)).close())
			.withMessageContaining("/api/misspelt")
			.withMessageContaining("'invoice:read'");
	}

	private static List<String> saidOfLatchkey(CapturedOutput said) {
		return said.getOut().lines().filter((line) -> line.contains("atchkey")).toList();
	}

	private static void awaits(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/** How many threads ask there, or wait for who does. */
	private static long inOwnerMirror() {
		return Thread.getAllStackTraces()
			.values()
			.stream()
			.filter((stack) -> Stream.of(stack).anyMatch((frame) -> frame.getClassName().endsWith(".OwnerMirror")))
			.count();
	}

	/** What is written off the request's way is there soon. */
	private static void eventually(BooleanSupplier written) {
		Instant end = Instant.now().plus(Duration.ofSeconds(10));
		boolean there = false;
		while (!there && Instant.now().isBefore(end)) {
			there = written.getAsBoolean();
		}
		assertThat(there).isTrue();
	}

	/** Asks again and again, as a client does. */
	private static boolean endsWithinTheBound(Running node, String token) {
		Instant end = Instant.now().plus(Duration.ofSeconds(2));
		while (Instant.now().isBefore(end)) {
			if (node.get("/api/invoices", token).statusCode() == 401) {
				return true;
			}
		}
		return false;
	}

	private static String basic() {
		return "Basic " + Base64.getEncoder().encodeToString("anna:secret".getBytes(StandardCharsets.UTF_8));
	}

	private static boolean isSchemaIn(DataSource database) {
		return new JdbcTemplate(database).queryForObject("select to_regnamespace('latchkey') is not null",
				Boolean.class);
	}

	private static DataSource pool() {
		HikariDataSource pool = new HikariDataSource();
		pool.setJdbcUrl(Running.newDatabase());
		pool.setUsername("postgres");
		return pool;
	}

	@RestControllerAdvice
	static class Advice {

		@ExceptionHandler(Exception.class)
		ResponseEntity<Object> everything() {
			return ResponseEntity.status(500).body(Map.of("said", "in the application's own words"));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Servlet {

		@Bean
		ServletRegistrationBean<HttpServlet> servlet() {
			return new ServletRegistrationBean<>(new HttpServlet() {

				private static final long serialVersionUID = 1L;

				@Override
				protected void doGet(HttpServletRequest request, HttpServletResponse response) {
					response.setStatus(200);
				}

			}, "/api/servlet");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Hierarchy {

		@Bean
		RoleHierarchy roleHierarchy() {
			return RoleHierarchyImpl.fromHierarchy("ROLE_BOSS > ROLE_ADMIN");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class HierarchyOfFactors {

		@Bean
		RoleHierarchy roleHierarchy() {
			return RoleHierarchyImpl.fromHierarchy("FACTOR_PASSWORD > ROLE_ADMIN");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Multicaster {

		private volatile boolean deaf;

		@Bean
		ApplicationEventMulticaster applicationEventMulticaster() {
			SimpleApplicationEventMulticaster multicaster = new SimpleApplicationEventMulticaster();
			multicaster.setTaskExecutor((task) -> {
				// Else whenever there is time for it.
				if (!this.deaf) {
					task.run();
				}
			});
			return multicaster;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class TwoMarked {

		@Bean
		DataSource orders() {
			return pool();
		}

		@Bean
		@LatchkeyDataSource
		DataSource tokens() {
			return pool();
		}

	}

	/** Knows one token that is no token of Latchkey's. */
	static class Decoding {

		@Bean
		JwtDecoder jwtDecoder() {
			return (token) -> {
				if (!token.equals("of-somebody-else")) {
					throw new BadJwtException("It is no good one");
				}
				return Jwt.withTokenValue(token).header("alg", "none").subject("somebody").build();
			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ResourceServerOfBoots extends Decoding {

	}

	@Configuration(proxyBeanMethods = false)
	static class ResourceServer extends Decoding {

		@Bean
		SecurityFilterChain chain(HttpSecurity http) throws Exception {
			return http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated())
				.oauth2ResourceServer((server) -> server.jwt(Customizer.withDefaults()))
				.with(LatchkeyConfigurer.latchkey(), Customizer.withDefaults())
				.build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@Import({ Open.class, Shut.class })
	static class Inheriting {

	}

	abstract static class Things {

		@GetMapping("/things")
		Object things() {
			return Map.of("things", true);
		}

	}

	@RestController
	@RequestMapping("/api/open")
	@RequiresScope("invoices:read")
	static class Open extends Things {

	}

	@RestController
	@RequestMapping("/api/shut")
	@RequiresScope("invoices:delete")
	static class Shut extends Things {

	}

	/** As JPA's: what it is about is no database, but it names one. */
	static class LikeJpas extends JdbcTransactionManager {

		private static final long serialVersionUID = 1L;

		private volatile int begun;

		LikeJpas(DataSource database) {
			super(database);
		}

		@Override
		public Object getResourceFactory() {
			return "a factory of entity managers";
		}

		@Override
		protected void doBegin(Object transaction, TransactionDefinition definition) {
			this.begun++;
			super.doBegin(transaction, definition);
		}

	}

	/** Somebody has left the company. */
	record Left(String user) {

	}

	@Configuration(proxyBeanMethods = false)
	static class AfterCommit {

		private final ApplicationEventPublisher events;

		AfterCommit(ApplicationEventPublisher events) {
			this.events = events;
		}

		@TransactionalEventListener
		void on(Left left) {
			this.events.publishEvent(OwnerChanged.deleted(left.user()));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OfOrders {

		@Bean
		LikeJpas transactions(@Qualifier("orders") DataSource database) {
			return new LikeJpas(database);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Aware {

		@Bean(defaultCandidate = false)
		DataSource behind() {
			return pool();
		}

		@Bean
		DataSource database(@Qualifier("behind") DataSource behind) {
			return new TransactionAwareDataSourceProxy(behind);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OfTokens {

		@Bean
		LikeJpas transactions(DataSource database) {
			return new LikeJpas(database);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class TwoWhoSay {

		@Bean
		TokenOwners customers() {
			return (id) -> Optional.empty();
		}

		@Bean
		TokenOwners employees() {
			return (id) -> Optional.empty();
		}

	}

	@RestController
	static class Speechless implements TokenOwners {

		private final ObjectProvider<LatchkeyTokens> tokens;

		private volatile String silence = "";

		Speechless(ObjectProvider<LatchkeyTokens> tokens) {
			this.tokens = tokens;
		}

		@Override
		public Optional<TokenOwner> find(String id) {
			return switch (this.silence) {
				case "null" -> null;
				case "thrown" -> throw this.<RuntimeException>anything(new IOException("The directory is away"));
				default -> Optional.of(new TokenOwner(id, id, id, true, Set.of("ROLE_USER"),
						User.withUsername(id).password("").roles("USER").build()));
			};
		}

		@Override
		public Optional<String> idOf(Authentication signedIn) {
			return this.silence.equals("null") ? null : Optional.of(signedIn.getName());
		}

		/** As other languages do, which check no exceptions. */
		@SuppressWarnings("unchecked")
		private <E extends Exception> E anything(Exception failure) throws E {
			throw (E) failure;
		}

		@Public
		@GetMapping("/api/making")
		Object make() {
			return this.tokens.getObject().create("anna", "For a test", "invoices:read").details().id();
		}

	}

	@RestController
	static class Misspelt {

		@RequiresScope("invoice:read")
		@GetMapping("/api/misspelt")
		Object misspelt() {
			return Map.of();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class TwoUnmarked {

		@Bean
		DataSource orders() {
			return pool();
		}

		@Bean
		DataSource customers() {
			return pool();
		}

	}

}
