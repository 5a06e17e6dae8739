package dev.latchkey.verification;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import dev.latchkey.persistence.DatabaseSockets;

import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.stereotype.Component;

/**
 * How the listener connects: as the pool does, with its certificates and the like, but
 * with no more patience than the cache has.
 */
@Component
class ListenerSettings {

	/**
	 * Another than in the versions that know of no pepper: a node that has one looks
	 * whether a listener of theirs is connected.
	 */
	private static final String APPLICATION_NAME = "latchkey-listener";

	private final CacheProperties properties;

	private final JdbcConnectionDetails details;

	private final DataSource pool;

	ListenerSettings(CacheProperties properties, JdbcConnectionDetails details, DataSource pool) {
		this.properties = properties;
		this.details = details;
		this.pool = pool;
	}

	String url() {
		String own = this.properties.listenUrl();
		return (own != null && !own.isBlank()) ? own : this.details.getJdbcUrl();
	}

	/**
	 * Returns the settings of the driver.
	 * @throws SQLException if the pool does not tell its own
	 */
	Properties driver() throws SQLException {
		Properties settings = new Properties();
		if (this.pool.isWrapperFor(HikariDataSource.class)) {
			settings.putAll(this.pool.unwrap(HikariDataSource.class).getDataSourceProperties());
		}
		Duration timeout = this.properties.maxStaleness();
		String seconds = String.valueOf(Math.max(1, timeout.toSeconds()));
		settings.setProperty("connectTimeout", seconds);
		settings.setProperty("loginTimeout", seconds);
		settings.setProperty("socketTimeout", seconds);
		settings.setProperty("tcpKeepAlive", "true");
		// Sockets of another kind are made as the pool's are.
		settings.replace("socketFactory", DatabaseSockets.class.getName(), DatabaseSockets.Listening.class.getName());
		settings.setProperty("ApplicationName", APPLICATION_NAME);
		if (this.details.getUsername() != null) {
			settings.setProperty("user", this.details.getUsername());
		}
		if (this.details.getPassword() != null) {
			settings.setProperty("password", this.details.getPassword());
		}
		return settings;
	}

}
