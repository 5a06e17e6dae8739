package dev.latchkey.verification;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Shows how the cache fares, and what waits for the database.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(CacheProperties.class)
class CacheMonitoring {

	@Bean
	MeterBinder verificationCacheMetrics(VerifiedTokenCache cache, ListenerPulse pulse, TokenLoader loader,
			LastUseRecorder lastUses) {
		return (registry) -> {
			FunctionCounter.builder("latchkey.cache.lookups", cache, VerifiedTokenCache::hits)
				.tag("result", "hit")
				.description("Verifications by whether they were answered from memory")
				.register(registry);
			FunctionCounter.builder("latchkey.cache.lookups", cache, VerifiedTokenCache::misses)
				.tag("result", "miss")
				.description("Verifications by whether they were answered from memory")
				.register(registry);
			Gauge.builder("latchkey.cache.size", cache, VerifiedTokenCache::size)
				.description("Tokens remembered")
				.register(registry);
			Gauge.builder("latchkey.cache.believed", pulse, (alive) -> alive.isFresh() ? 1 : 0)
				.description("1 while revocations are heard and the cache is believed, else 0")
				.register(registry);
			Gauge.builder("latchkey.cache.staleness", pulse, ListenerPulse::staleness)
				.baseUnit("seconds")
				.description("How long ago it was last proven that changes are heard")
				.register(registry);
			Gauge.builder("latchkey.database.waiting", loader, TokenLoader::waiting)
				.description("Requests that wait for their token to be loaded")
				.register(registry);
			Gauge.builder("latchkey.last.uses.unwritten", lastUses, LastUseRecorder::pending)
				.description("Tokens whose last use is not written yet")
				.register(registry);
		};
	}

}
