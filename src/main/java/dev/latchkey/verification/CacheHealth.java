package dev.latchkey.verification;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Says whether the cache is believed.
 */
@Configuration(proxyBeanMethods = false)
class CacheHealth {

	/** Without the listener the server is slower, not wrong, and so not unhealthy. */
	@Bean
	HealthIndicator verificationCacheHealthIndicator(CacheProperties properties, ListenerPulse pulse) {
		return () -> {
			if (!properties.enabled()) {
				return Health.up().withDetail("cache", "off").build();
			}
			return pulse.isFresh() ? Health.up().withDetail("cache", "believed").build()
					: Health.unknown().withDetail("cache", "not believed: changes are not heard").build();
		};
	}

}
