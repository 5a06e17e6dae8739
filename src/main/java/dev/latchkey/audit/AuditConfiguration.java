package dev.latchkey.audit;

import dev.latchkey.scope.Role;
import dev.latchkey.scope.Scope;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

/**
 * The scope about the audit, and how long it is kept.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AuditProperties.class)
class AuditConfiguration {

	static final String READ = "audit:read";

	@Bean
	@Order(50)
	Scope readAudit() {
		return new Scope(READ, "See what everybody did", Role.ADMIN);
	}

}
