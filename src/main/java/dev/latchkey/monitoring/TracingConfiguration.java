package dev.latchkey.monitoring;

import java.time.Duration;
import java.util.UUID;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.metrics.MeterProvider;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporterBuilder;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.info.BuildProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/**
 * Traces requests where somebody is named who takes the traces; else nothing of it is
 * there. OpenTelemetry is put together here and not by Spring Boot, whose parts come
 * along with a tracer and exporters whether anybody takes what they make or not.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("latchkey.tracing.endpoint")
@EnableConfigurationProperties(TracingProperties.class)
class TracingConfiguration {

	/** How long an answer of the collector, and the end of the server, is waited for. */
	private static final Duration PATIENCE = Duration.ofSeconds(3);

	@Bean
	Traces traces(TracingProperties properties, ObjectProvider<BuildProperties> build) {
		return new Traces(SdkTracerProvider.builder()
			.setResource(resource(build.getIfAvailable()))
			.setSampler(Sampler.parentBased(Sampler.traceIdRatioBased(properties.percent() / 100.0)))
			.addSpanProcessor(
					BatchSpanProcessor.builder(exporter(properties)).setMeterProvider(MeterProvider.noop()).build())
			.build(), PATIENCE);
	}

	@Bean
	FilterRegistrationBean<TracingFilter> tracing(Traces traces) {
		FilterRegistrationBean<TracingFilter> registration = new FilterRegistrationBean<>(
				new TracingFilter(traces.tracer()));
		registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
		return registration;
	}

	/** Tries nothing again: what the collector does not take in time is lost. */
	private static OtlpHttpSpanExporter exporter(TracingProperties properties) {
		OtlpHttpSpanExporterBuilder exporter = OtlpHttpSpanExporter.builder()
			.setTimeout(PATIENCE)
			.setConnectTimeout(PATIENCE)
			.setRetryPolicy(null)
			.setMeterProvider(MeterProvider::noop);
		if (properties.endpoint() != null) {
			exporter.setEndpoint(properties.endpoint());
		}
		for (String header : properties.headers()) {
			int equals = header.indexOf('=');
			exporter.addHeader(header.substring(0, equals), header.substring(equals + 1));
		}
		return exporter.build();
	}

	private static Resource resource(@Nullable BuildProperties build) {
		AttributesBuilder attributes = Attributes.builder()
			.put("service.name", "latchkey")
			.put("service.instance.id", UUID.randomUUID().toString());
		if (build != null && build.getVersion() != null) {
			attributes.put("service.version", build.getVersion());
		}
		return Resource.create(attributes.build());
	}

}
