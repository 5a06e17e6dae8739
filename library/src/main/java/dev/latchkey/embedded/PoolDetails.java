package dev.latchkey.embedded;

import java.sql.SQLException;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.util.ClassUtils;

/**
 * How the pool connects, for the one connection over which changes are heard.
 */
final class PoolDetails {

	private PoolDetails() {
	}

	/**
	 * Returns that of the pool itself, since the application may have several and make
	 * them by itself; else what Spring Boot knows, or null.
	 */
	static @Nullable JdbcConnectionDetails of(DataSource pool, @Nullable JdbcConnectionDetails known)
			throws SQLException {
		if (ClassUtils.isPresent("com.zaxxer.hikari.HikariDataSource", PoolDetails.class.getClassLoader())
				&& pool.isWrapperFor(HikariDataSource.class)) {
			HikariDataSource hikari = pool.unwrap(HikariDataSource.class);
			if (hikari.getJdbcUrl() != null) {
				return new OfPool(hikari.getJdbcUrl(), hikari.getUsername(), hikari.getPassword());
			}
		}
		return known;
	}

	/** Written so that a password is never printed. */
	private static final class OfPool implements JdbcConnectionDetails {

		private final String url;

		private final @Nullable String username;

		private final @Nullable String password;

		OfPool(String url, @Nullable String username, @Nullable String password) {
			this.url = url;
			this.username = username;
			this.password = password;
		}

		@Override
		public String getJdbcUrl() {
			return this.url;
		}

		@Override
		public @Nullable String getUsername() {
			return this.username;
		}

		@Override
		public @Nullable String getPassword() {
			return this.password;
		}

	}

}
