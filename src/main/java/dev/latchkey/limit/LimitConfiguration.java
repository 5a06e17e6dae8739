package dev.latchkey.limit;

import java.util.Locale;
import java.util.function.LongSupplier;

import io.github.bucket4j.TimeMeter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
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
	MeterBinder limitMetrics(TokenLimits tokens, SignInLimits signIns, NetworkLimits networks) {
		return (registry) -> {
			count(registry, "token", tokens::exceeded);
			count(registry, "sign_in", signIns::exceeded);
			for (NetworkLimits.Door door : NetworkLimits.Door.values()) {
				count(registry, door.name().toLowerCase(Locale.ROOT), networks.exceeded(door)::sum);
			}
		};
	}

	private static void count(MeterRegistry registry, String limit, LongSupplier exceeded) {
		FunctionCounter.builder("latchkey.limits.exceeded", exceeded, LongSupplier::getAsLong)
			.tag("limit", limit)
			.description("Requests that were one too many, by the limit that they hit")
			.register(registry);
	}

}
