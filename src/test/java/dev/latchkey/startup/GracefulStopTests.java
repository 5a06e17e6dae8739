package dev.latchkey.startup;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import com.jayway.jsonpath.JsonPath;
import dev.latchkey.testing.ServerProcess;
import dev.latchkey.testing.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A node that an operator stops finishes what it has begun, and writes what it knows.
 */
class GracefulStopTests {

	private static final String ADMIN = "first@example.com";

	private static final String PASSWORD = "orchard lantern umbrella";

	private final HttpClient client = HttpClient.newHttpClient();

	/** Nothing is written in turn any more once a node stops. */
	@Test
	void whoWaitsIsAnsweredAndTheLastUsesAreWritten(@TempDir Path directory) throws Exception {
		JdbcConnectionDetails database = TestDatabase.create();
		try (ServerProcess server = new ServerProcess(directory.resolve("server.log"), database,
				Map.of("LATCHKEY_ADMIN_EMAIL", ADMIN, "LATCHKEY_ADMIN_PASSWORD", PASSWORD));
				Connection connection = DriverManager.getConnection(database.getJdbcUrl(), database.getUsername(),
						database.getPassword());
				Statement statement = connection.createStatement()) {
			await().atMost(Duration.ofMinutes(1)).until(() -> send(get(server, "/readyz")).statusCode() == 200);
			String waiting = signIn(server);
			String last = signIn(server);
			connection.setAutoCommit(false);
			statement.execute("select 1 from token_owner for update");
			CompletableFuture<HttpResponse<String>> made = this.client
				.sendAsync(post(server, "/api/tokens", "{\"name\":\"held\",\"scopes\":[\"user:read\"]}")
					.header("Authorization", "Bearer " + waiting)
					.build(), BodyHandlers.ofString());
			await().until(() -> isSomebodyWaiting(statement));
			String id = JsonPath.read(
					send(get(server, "/api/tokens/current").header("Authorization", "Bearer " + last)).body(), "$.id");
			server.signal("TERM");
			await().until(() -> server.log().contains("Commencing graceful shutdown"));
			assertThat(made).isNotDone();
			connection.rollback();
			HttpResponse<String> answer = made.get(20, TimeUnit.SECONDS);
			assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
			assertThat(JsonPath.<String>read(answer.body(), "$.token")).startsWith("lkp_");
			server.awaitEnd();
			assertThat(server.log()).contains("Graceful shutdown complete").doesNotContain("ERROR");
			assertThat(is(statement, "select last_used_at is not null from api_token where id = '%s'".formatted(id)))
				.isTrue();
		}
	}

	private String signIn(ServerProcess server) throws IOException, InterruptedException {
		HttpResponse<String> answer = send(post(server, "/api/login",
				"{\"email\":\"%s\",\"password\":\"%s\",\"token_name\":\"x\",\"scopes\":[\"*\"]}".formatted(ADMIN,
						PASSWORD)));
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
		return JsonPath.read(answer.body(), "$.token");
	}

	private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
		return this.client.send(request.build(), BodyHandlers.ofString());
	}

	private static HttpRequest.Builder get(ServerProcess server, String path) {
		return HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d%s".formatted(server.port(), path)));
	}

	private static HttpRequest.Builder post(ServerProcess server, String path, String json) {
		return get(server, path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(json));
	}

	private static boolean isSomebodyWaiting(Statement statement) throws SQLException {
		return is(statement, """
				select exists(select from pg_stat_activity
				where datname = current_database() and cardinality(pg_blocking_pids(pid)) > 0)
				""");
	}

	private static boolean is(Statement statement, String question) throws SQLException {
		try (ResultSet row = statement.executeQuery(question)) {
			return row.next() && row.getBoolean(1);
		}
	}

}
