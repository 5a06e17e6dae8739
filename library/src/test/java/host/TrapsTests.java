package host;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import dev.latchkey.embedded.LatchkeyDataSource;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.junit.jupiter.api.Test;

import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.ApplicationEventMulticaster;
import org.springframework.context.event.SimpleApplicationEventMulticaster;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.security.access.hierarchicalroles.RoleHierarchy;
import org.springframework.security.access.hierarchicalroles.RoleHierarchyImpl;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Applications with one trap each.
 */
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

	@Test
	void aMulticasterThatTellsNobodyDelaysNoRevocation() {
		try (Running shop = Running.start(List.of(Shop.class, Multicaster.class))) {
			String token = shop.token("anna", "invoices:read");
			assertThat(shop.get("/api/invoices", token).statusCode()).isEqualTo(200);
			shop.bean(Multicaster.class).deaf = true;
			shop.tokens().revoke(token);
			assertThat(shop.get("/api/invoices", token).statusCode()).isEqualTo(401);
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

	@Test
	void anotherDatabaseThanPostgresStartsWithoutTokens() {
		try (Running shop = Running.startOn("jdbc:h2:mem:host", List.of(Shop.class), "spring.datasource.username=sa")) {
			assertThat(shop.get("/api/me", "lkp_anything").statusCode()).isEqualTo(503);
			assertThat(shop.get("/api/me").statusCode()).isEqualTo(401);
			assertThatException().isThrownBy(() -> shop.token("anna", "invoices:read"))
				.withMessageContaining("no PostgreSQL");
		}
	}

	@Test
	void withoutAWordOnWhoseTheyAreThereAreNoTokens() {
		try (Running shop = Running.start(List.of(Shop.class), "latchkey.owners.username-is-id=false")) {
			assertThat(shop.get("/api/me", "lkp_anything").statusCode()).isEqualTo(503);
			assertThatException().isThrownBy(() -> shop.token("anna", "invoices:read"))
				.withMessageContaining("TokenOwners");
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
