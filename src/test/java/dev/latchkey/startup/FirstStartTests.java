package dev.latchkey.startup;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URL;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import dev.latchkey.testing.AtOnce;
import dev.latchkey.testing.ServerProcess;
import dev.latchkey.testing.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Two nodes that start at once on an empty database.
 */
class FirstStartTests {

	@Test
	void bothStartAndOneAdministratorIsMade(@TempDir Path directory) throws Exception {
		JdbcConnectionDetails database = TestDatabase.create();
		Map<String, String> admin = Map.of("LATCHKEY_ADMIN_EMAIL", "first@example.com", "LATCHKEY_ADMIN_PASSWORD",
				"orchard lantern umbrella");
		List<CompletableFuture<ServerProcess>> nodes = IntStream.range(0, 2)
			.mapToObj((node) -> CompletableFuture.supplyAsync(
					() -> new ServerProcess(directory.resolve("node-" + node), database, admin), AtOnce.THREAD_EACH))
			.toList();
		try (ServerProcess one = nodes.get(0).get(); ServerProcess other = nodes.get(1).get()) {
			await().until(() -> isReady(one) && isReady(other));
			assertThat(one.log() + other.log()).doesNotContain("ERROR");
		}
		try (Connection connection = DriverManager.getConnection(database.getJdbcUrl(), database.getUsername(),
				database.getPassword());
				Statement statement = connection.createStatement();
				ResultSet count = statement.executeQuery("select count(*) from app_user")) {
			assertThat(count.next()).isTrue();
			assertThat(count.getInt(1)).isEqualTo(1);
		}
	}

	/** What is done at a start is done by then. */
	private static boolean isReady(ServerProcess server) throws IOException {
		HttpURLConnection question = (HttpURLConnection) new URL("http://127.0.0.1:" + server.port() + "/readyz")
			.openConnection();
		try {
			return question.getResponseCode() == HttpURLConnection.HTTP_OK;
		}
		finally {
			question.disconnect();
		}
	}

}
