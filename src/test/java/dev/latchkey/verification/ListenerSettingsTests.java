package dev.latchkey.verification;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;

import com.zaxxer.hikari.HikariDataSource;
import dev.latchkey.persistence.DatabaseSockets;
import org.junit.jupiter.api.Test;

import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * The listener connects as the pool does.
 */
class ListenerSettingsTests {

	private static final String FACTORY = "socketFactory";

	@Test
	void whoWaitsForChangesWaitsForNothingThatHeHasAskedFor() throws SQLException {
		assertThat(settings(Map.of(FACTORY, DatabaseSockets.class.getName()))).containsEntry(FACTORY,
				DatabaseSockets.Listening.class.getName());
	}

	@Test
	void socketsOfAnotherKindAreMadeAsThePoolsAre() throws SQLException {
		Map<String, String> unix = Map.of(FACTORY, "org.newsclub.net.unix.AFUNIXSocketFactory$FactoryArg",
				"socketFactoryArg", "/run/postgresql/.s.PGSQL.5432");
		assertThat(settings(unix)).containsAllEntriesOf(unix);
	}

	private static Properties settings(Map<String, String> ofThePool) throws SQLException {
		CacheProperties properties = new CacheProperties(true, 10, Duration.ofSeconds(2), Duration.ofMinutes(1), null);
		try (HikariDataSource pool = new HikariDataSource()) {
			ofThePool.forEach(pool::addDataSourceProperty);
			return new ListenerSettings(properties, mock(JdbcConnectionDetails.class), pool).driver();
		}
	}

}
