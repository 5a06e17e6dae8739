package dev.latchkey.persistence;

import java.sql.SQLException;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Gives up connections to a server that was the primary once and takes no writes any
 * more. New ones to such a server do not come into the pool at all
 * ({@code spring.datasource.hikari.connection-init-sql}), so that whoever asks is told
 * that the database is away, and the node is not ready, until there is a primary again.
 */
@Component
class PrimaryWatch {

	private static final Logger log = LoggerFactory.getLogger(PrimaryWatch.class);

	private static final String READ_ONLY = """
			select pg_is_in_recovery() or cast(current_setting('default_transaction_read_only') as boolean)
			""";

	private final JdbcTemplate jdbc;

	private final DataSource pool;

	PrimaryWatch(JdbcTemplate jdbc, DataSource pool) {
		this.jdbc = jdbc;
		this.pool = pool;
	}

	/**
	 * Looks once a second: a standby that is promoted ends no connection to what was the
	 * primary.
	 */
	@Scheduled(fixedDelay = 1000)
	void look() throws SQLException {
		try {
			if (Boolean.TRUE.equals(this.jdbc.queryForObject(READ_ONLY, Boolean.class))) {
				log.warn("The database takes no writes any more; nothing is decided until there is one that does");
				giveUpConnections();
			}
		}
		catch (DataAccessException ex) {
			log.debug("The database cannot be asked whether it takes writes: {}", ex.getClass().getSimpleName());
		}
	}

	/** Those that are in use go when they are given back. */
	private void giveUpConnections() throws SQLException {
		if (this.pool.isWrapperFor(HikariDataSource.class)) {
			HikariPoolMXBean connections = this.pool.unwrap(HikariDataSource.class).getHikariPoolMXBean();
			if (connections != null) {
				connections.softEvictConnections();
			}
		}
	}

}
