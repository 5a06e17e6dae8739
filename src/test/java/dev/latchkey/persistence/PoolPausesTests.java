package dev.latchkey.persistence;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.latchkey.testing.TestDatabase;
import org.junit.jupiter.api.Test;

import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.jdbc.datasource.AbstractDataSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/**
 * However long the database is away, the pool tries again soon.
 */
class PoolPausesTests {

	/** By then the pool would pause for its longest time. */
	private static final Duration OUTAGE = Duration.ofSeconds(11);

	private static final Duration LONGEST = Duration.ofSeconds(3);

	private final Away database = new Away();

	@Test
	void noPauseBetweenTwoTriesIsLong() throws SQLException {
		try (HikariDataSource pool = pool()) {
			PoolPauses pauses = new PoolPauses(pool);
			pauses.look();
			pool.getConnection().close();
			this.database.away = true;
			// One that was being made comes still.
			await().until(() -> {
				pool.getHikariPoolMXBean().softEvictConnections();
				return pool.getHikariPoolMXBean().getTotalConnections() == 0;
			});
			long begin = System.nanoTime();
			while (System.nanoTime() - begin < OUTAGE.toNanos()) {
				assertThatThrownBy(pool::getConnection).isInstanceOf(SQLException.class);
				pauses.look();
			}
			assertThat(this.database.pauses()).isNotEmpty().allMatch((pause) -> pause.compareTo(LONGEST) < 0);
			this.database.away = false;
			pool.getConnection().close();
		}
	}

	private HikariDataSource pool() {
		HikariConfig config = new HikariConfig();
		config.setDataSource(this.database);
		config.setMaximumPoolSize(2);
		config.setConnectionTimeout(500);
		return new HikariDataSource(config);
	}

	/** A real database that may be out of reach, and notes when somebody tries. */
	private static final class Away extends AbstractDataSource {

		private final JdbcConnectionDetails real = TestDatabase.create();

		private final List<Long> tries = new CopyOnWriteArrayList<>();

		private volatile boolean away;

		@Override
		public Connection getConnection() throws SQLException {
			if (this.away) {
				this.tries.add(System.nanoTime());
				throw new SQLException("nobody answers", "08001");
			}
			return DriverManager.getConnection(this.real.getJdbcUrl(), this.real.getUsername(),
					this.real.getPassword());
		}

		@Override
		public Connection getConnection(String username, String password) throws SQLException {
			return getConnection();
		}

		List<Duration> pauses() {
			return IntStream.range(1, this.tries.size())
				.mapToObj((i) -> Duration.ofNanos(this.tries.get(i) - this.tries.get(i - 1)))
				.toList();
		}

	}

}
