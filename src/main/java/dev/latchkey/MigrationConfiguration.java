package dev.latchkey;

import java.util.Map;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;
import org.springframework.boot.flyway.autoconfigure.FlywayConnectionDetails;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Gives migrations connections of their own: the pool's give up a statement after a
 * minute, and an index on a large table takes longer. They may sign in by a role of their
 * own, too ({@code spring.flyway.user}), so that the one that serves can change no table.
 */
@Configuration(proxyBeanMethods = false)
class MigrationConfiguration {

	@Bean
	FlywayConfigurationCustomizer patientMigrations(JdbcConnectionDetails database,
			ObjectProvider<FlywayConnectionDetails> migrations) {
		return (flyway) -> {
			FlywayConnectionDetails own = migrations.getIfAvailable();
			String url = (own != null && own.getJdbcUrl() != null) ? own.getJdbcUrl() : database.getJdbcUrl();
			if (own != null && own.getUsername() != null) {
				flyway.dataSource(url, own.getUsername(), own.getPassword());
			}
			else {
				flyway.dataSource(url, database.getUsername(), database.getPassword());
			}
			flyway.jdbcProperties(Map.of("connectTimeout", "3", "loginTimeout", "3"));
		};
	}

}
