package dev.latchkey.moving;

import dev.latchkey.web.BodyLimit;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The settings about moving in.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ImportProperties.class)
class MovingConfiguration {

	@Bean
	BodyLimit sanctumLimit(ImportProperties properties) {
		return new BodyLimit(ImportController.SANCTUM, properties.maxSize());
	}

	@Bean
	BodyLimit shieldLimit(ImportProperties properties) {
		return new BodyLimit(ImportController.SHIELD, properties.maxSize());
	}

	@Bean
	BodyLimit hashesLimit(ImportProperties properties) {
		return new BodyLimit(ImportController.HASHES, properties.maxSize());
	}

	@Bean
	BodyLimit keysLimit(ImportProperties properties) {
		return new BodyLimit(ImportController.KEYS, properties.maxSize());
	}

}
