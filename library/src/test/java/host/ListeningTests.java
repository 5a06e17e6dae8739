package host;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.AbstractDataSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Applications that make their {@code DataSource} themselves, so that Spring Boot does
 * not know how to connect.
 */
@ExtendWith(OutputCaptureExtension.class)
class ListeningTests {

	@Test
	void whatOneNodeEndsIsHeardOnTheOtherAsThePoolConnects(CapturedOutput said) {
		String database = Running.newDatabase();
		try (Running one = Running.startOn(database, List.of(Shop.class, Pool.class));
				Running other = Running.startOn(database, List.of(Shop.class, Pool.class))) {
			Awaitility.await().until(() -> cache(other), "believed"::equals);
			String token = one.token("anna", "invoices:read");
			assertThat(other.get("/api/invoices", token).statusCode()).isEqualTo(200);
			one.tokens().revoke(token);
			Awaitility.await().until(() -> other.get("/api/invoices", token).statusCode() == 401);
			assertThat(cache(other)).isEqualTo("believed");
			assertThat(said).doesNotContain("Latchkey cannot hear of changes");
		}
	}

	@ParameterizedTest
	@ValueSource(classes = { WithoutPool.class, HiddenPool.class })
	void whereItIsNotKnownHowToConnectTheStartSaysSoAndEachRequestAsks(Class<?> source, CapturedOutput said) {
		try (Running shop = Running.start(List.of(Shop.class, source))) {
			assertThat(said.getOut().lines().filter((line) -> line.contains("Latchkey cannot hear of changes")))
				.singleElement()
				.asString()
				.contains("WARN", "each request asks the database", "HikariCP", "JdbcConnectionDetails");
			assertThat(cache(shop)).isEqualTo("off");
			String token = shop.token("anna", "invoices:read");
			assertThat(shop.get("/api/invoices", token).statusCode()).isEqualTo(200);
			shop.bean(JdbcTemplate.class).update("update latchkey.api_token set revoked_at = now()");
			assertThat(shop.get("/api/invoices", token).statusCode()).isEqualTo(401);
			assertThat(said).doesNotContain("Changes are not heard");
		}
	}

	/** What the application's health says of what is remembered. */
	private static Object cache(Running shop) {
		return shop.context()
			.getBean("latchkeyHealthIndicator", HealthIndicator.class)
			.health()
			.getDetails()
			.get("cache");
	}

	private static HikariDataSource pool(String url) {
		HikariDataSource pool = new HikariDataSource();
		pool.setJdbcUrl(url);
		pool.setUsername("postgres");
		return pool;
	}

	@Configuration(proxyBeanMethods = false)
	static class Pool {

		@Bean
		DataSource database(@Value("${spring.datasource.url}") String url) {
			return pool(url);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class WithoutPool {

		@Bean
		DataSource database(@Value("${spring.datasource.url}") String url) {
			return new DriverManagerDataSource(url, "postgres", "");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class HiddenPool {

		@Bean(defaultCandidate = false)
		DataSource hidden(@Value("${spring.datasource.url}") String url) {
			return pool(url);
		}

		@Bean
		DataSource database(@Qualifier("hidden") DataSource hidden) {
			return new AbstractDataSource() {

				@Override
				public Connection getConnection() throws SQLException {
					return hidden.getConnection();
				}

				@Override
				public Connection getConnection(String username, String password) throws SQLException {
					return hidden.getConnection(username, password);
				}

			};
		}

	}

}
