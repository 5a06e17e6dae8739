package dev.latchkey;

import java.util.Map;

import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Gives migrations connections of their own: the pool's give up a statement after a
 * minute, and an index on a large table takes longer.
 */
@Configuration(proxyBeanMethods = false)
class MigrationConfiguration {

	@Bean
	FlywayConfigurationCustomizer patientMigrations(JdbcConnectionDetails database) {
		return (flyway) -> flyway.dataSource(database.getJdbcUrl(), database.getUsername(), database.getPassword())
			.jdbcProperties(Map.of("connectTimeout", "3", "loginTimeout", "3"));
	}

}
