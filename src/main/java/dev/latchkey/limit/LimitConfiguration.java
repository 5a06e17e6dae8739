package dev.latchkey.limit;

import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ToDoubleFunction;

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
			count(registry, "token", tokens, TokenLimits::exceeded);
			count(registry, "sign_in", signIns, SignInLimits::exceeded);
			for (NetworkLimits.Door door : NetworkLimits.Door.values()) {
				count(registry, door.name().toLowerCase(Locale.ROOT), networks.exceeded(door), LongAdder::sum);
			}
		};
	}

	/** A meter forgets what nobody else holds: it is given who counts, who stays. */
	private static <T> void count(MeterRegistry registry, String limit, T counter, ToDoubleFunction<T> exceeded) {
		FunctionCounter.builder("latchkey.limits.exceeded", counter, exceeded)
			.tag("limit", limit)
			.description("Requests that were one too many, by the limit that they hit")
			.register(registry);
	}

}
