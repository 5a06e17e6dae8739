package dev.latchkey.security;

import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;

import dev.latchkey.testing.Http;
import dev.latchkey.testing.Http.Answer;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import dev.latchkey.testing.TcpLine;
import dev.latchkey.testing.TestDatabase;
import dev.latchkey.user.User;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Without the database nobody is let in, and nobody is told that his token is bad.
 */
@LatchkeyTest
@DirtiesContext
@Import(DatabaseOutOfReachTests.CutLine.class)
@TestPropertySource(properties = "spring.datasource.hikari.connection-timeout=500")
class DatabaseOutOfReachTests {

	@Autowired
	private Http http;

	@Autowired
	private People people;

	@Autowired
	private TcpLine line;

	@AfterEach
	void mend() {
		this.line.mend();
	}

	@Test
	void whoeverCallsIsAskedToComeBack() {
		User user = this.people.user();
		String known = this.people.raw(user, "*");
		String fresh = this.people.raw(user, "*");
		assertThat(this.http.get("/api/user", known).status()).isEqualTo(200);
		this.line.cut();
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
		assertThat(this.http.get("/api/scopes").status()).isEqualTo(200);
		assertThat(this.http.get("/livez").status()).isEqualTo(200);
		this.line.mend();
		await().atMost(Duration.ofSeconds(20))
			.untilAsserted(() -> assertThat(this.http.get("/api/user", known).status()).isEqualTo(200));
		assertThat(this.http.get("/api/user", fresh).status()).isEqualTo(200);
	}

	private static void assertUnavailable(Answer answer) {
		assertThat(answer.status()).as(answer.body()).isEqualTo(503);
		assertThat(answer.code()).isEqualTo("unavailable");
		assertThat(answer.header("Retry-After")).matches("[1-9]\\d*");
		assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
		assertThat(answer.header("WWW-Authenticate")).isNull();
	}

	@TestConfiguration(proxyBeanMethods = false)
	static class CutLine {

		private final JdbcConnectionDetails real = TestDatabase.create();

		private final URI address = URI.create(this.real.getJdbcUrl().substring("jdbc:".length()));

		@Bean
		TcpLine line() {
			return new TcpLine(new InetSocketAddress(this.address.getHost(), this.address.getPort()));
		}

		@Bean
		@Primary
		JdbcConnectionDetails databaseBehindTheLine(TcpLine line) {
			JdbcConnectionDetails real = this.real;
			String url = "jdbc:postgresql://127.0.0.1:%d%s".formatted(line.port(), this.address.getPath());
			return new JdbcConnectionDetails() {

				@Override
				public String getUsername() {
					return real.getUsername();
				}

				@Override
				public String getPassword() {
					return real.getPassword();
				}

				@Override
				public String getJdbcUrl() {
					return url;
				}

			};
		}

	}

}
