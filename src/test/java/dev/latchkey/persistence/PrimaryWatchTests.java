package dev.latchkey.persistence;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.junit.jupiter.api.Test;

import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/**
 * A server that was the primary and takes no writes any more, while its connections
 * stand.
 */
class PrimaryWatchTests {

	@Test
	void connectionsToItAreGivenUpUntilItTakesWritesAgain() throws Exception {
		try (EmbeddedPostgres postgres = EmbeddedPostgres.builder()
			.setServerConfig("unix_socket_directories", "")
			.start(); HikariDataSource pool = pool(postgres)) {
			JdbcTemplate jdbc = new JdbcTemplate(pool);
			PrimaryWatch watch = new PrimaryWatch(jdbc, pool);
			watch.look();
			assertThat(jdbc.queryForObject("select 1", Integer.class)).isEqualTo(1);
			administer(postgres, "alter system set default_transaction_read_only = on");
			await().untilAsserted(() -> {
				watch.look();
				assertThatThrownBy(() -> jdbc.queryForObject("select 1", Integer.class))
					.matches(DatabaseOutage::isCauseOf);
			});
			administer(postgres, "alter system reset default_transaction_read_only");
			await().untilAsserted(() -> assertThat(jdbc.queryForObject("select 1", Integer.class)).isEqualTo(1));
		}
	}

	private static HikariDataSource pool(EmbeddedPostgres postgres) throws IOException {
		PropertySource<?> settings = new YamlPropertySourceLoader()
			.load("application", new ClassPathResource("application.yaml"))
			.get(0);
		HikariConfig config = new HikariConfig();
		config.setJdbcUrl(postgres.getJdbcUrl("postgres", "postgres"));
		config.setConnectionTimeout(500);
		config
			.setConnectionInitSql(String.valueOf(settings.getProperty("spring.datasource.hikari.connection-init-sql")));
		return new HikariDataSource(config);
	}

	private static void administer(EmbeddedPostgres postgres, String sql) throws SQLException {
		try (Connection connection = postgres.getPostgresDatabase().getConnection();
				Statement statement = connection.createStatement()) {
			statement.execute("set default_transaction_read_only = off");
			statement.execute(sql);
			statement.execute("select pg_reload_conf()");
		}
	}

}
