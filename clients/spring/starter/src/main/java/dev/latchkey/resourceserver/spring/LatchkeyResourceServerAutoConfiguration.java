package dev.latchkey.resourceserver.spring;

import dev.latchkey.resourceserver.TokenVerifier;
import io.micrometer.core.instrument.binder.MeterBinder;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.handler.MappedInterceptor;

/**
 * What a host gets by the dependency alone: a verifier, and the annotations. Who may do
 * what stays in its own chain, into which {@link LatchkeyResourceServerConfigurer} is put
 * by the host; no chain, no filter and no provider is made here.
 */
@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@EnableConfigurationProperties(LatchkeyResourceServerProperties.class)
public class LatchkeyResourceServerAutoConfiguration {

	LatchkeyResourceServerAutoConfiguration() {
	}

	@Bean
	@ConditionalOnMissingBean
	LatchkeyConnectionDetails latchkeyConnectionDetails(LatchkeyResourceServerProperties properties) {
		return properties.connection();
	}

	@Bean(initMethod = "start", destroyMethod = "close")
	@ConditionalOnMissingBean
	TokenVerifier latchkeyTokenVerifier(LatchkeyResourceServerProperties properties,
			LatchkeyConnectionDetails connection) {
		return new TokenVerifier(properties.settings(connection));
	}

	@Bean
	Refusals latchkeyRefusals(LatchkeyResourceServerProperties properties) {
		return new Refusals(properties.resourceMetadata());
	}

	/** It goes before all others, however the host configures its routes. */
	@Bean
	MappedInterceptor latchkeyRouteAnnotations(Refusals refusals, BeanFactory beans) {
		return new MappedInterceptor(null, new RouteInterceptor(refusals, new Callers(beans)));
	}

	@Bean
	static ScopedBeans latchkeyScopedBeans() {
		return new ScopedBeans();
	}

	/** For hosts with health. */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(HealthIndicator.class)
	static class HealthConfiguration {

		@Bean
		HealthIndicator latchkeyHealthIndicator(TokenVerifier verifier) {
			return new LatchkeyHealth(verifier);
		}

	}

	/** For hosts with metrics. */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(MeterBinder.class)
	static class MetricsConfiguration {

		@Bean
		MeterBinder latchkeyMetrics(TokenVerifier verifier) {
			return new LatchkeyMetrics(verifier);
		}

	}

}
