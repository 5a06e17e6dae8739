package dev.latchkey.limit;

import io.github.bucket4j.TimeMeter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.binder.MeterBinder;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Reads the settings of all limits, and shows how often they are hit.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(LimitProperties.class)
class LimitConfiguration {

	/**
	 * What only counts on: whoever sets the machine's clock back keeps nobody out.
	 */
	@Bean
	TimeMeter limitTime() {
		return TimeMeter.SYSTEM_NANOTIME;
	}

	@Bean
	MeterBinder tokenLimitMetrics(TokenLimits limits) {
		return (registry) -> FunctionCounter.builder("latchkey.limits.exceeded", limits, TokenLimits::exceeded)
			.tag("limit", "token")
			.description("Requests that were one too many, by the limit that they hit")
			.register(registry);
	}

}
