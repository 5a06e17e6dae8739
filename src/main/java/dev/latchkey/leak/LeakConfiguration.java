package dev.latchkey.leak;

import dev.latchkey.web.BodyLimit;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The settings about reports.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(LeakProperties.class)
class LeakConfiguration {

	/** One report names all that was found at once. */
	@Bean
	BodyLimit reportLimit(LeakProperties properties) {
		return new BodyLimit(SecretScanningController.PATH, properties.maxBodySize());
	}

}
