package dev.latchkey.introspection;

import java.util.List;

import dev.latchkey.endpoint.EndpointFilter;
import dev.latchkey.endpoint.EndpointOrder;
import dev.latchkey.endpoint.FormEndpointFilter;
import dev.latchkey.endpoint.OAuthResponses;
import dev.latchkey.endpoint.ServiceEndpoint;
import dev.latchkey.problem.ProblemWriter;
import dev.latchkey.token.TokenReader;
import dev.latchkey.token.TokenRevocation;
import dev.latchkey.verification.ChangeFeed;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Places introspection, revocation and the stream of changes before Spring Security:
 * resource servers ask on every request of theirs.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(StreamProperties.class)
class IntrospectionConfiguration {

	private static final List<String> FORM = List.of("POST");

	@Bean
	FilterRegistrationBean<IntrospectionFilter> introspectionFilter(OAuthResponses responses, ProblemWriter problems,
			Requesters requesters, Introspection introspection) {
		return FormEndpointFilter.registration(ServiceEndpoint.INTROSPECTION,
				new IntrospectionFilter(responses, problems, requesters, introspection));
	}

	@Bean
	FilterRegistrationBean<ChangesFilter> changesFilter(OAuthResponses responses, ProblemWriter problems,
			ChangeFollowers followers, ChangeFeed feed, ChangeStreams streams, AnswerRules rules) {
		FilterRegistrationBean<ChangesFilter> registration = new FilterRegistrationBean<>(
				new ChangesFilter(responses, problems, followers, feed, streams, rules));
		registration.addUrlPatterns(ServiceEndpoint.CHANGES.path());
		registration.setOrder(EndpointOrder.ENDPOINT);
		return registration;
	}

	@Bean
	FilterRegistrationBean<EndpointFilter> changesEndpoint(OAuthResponses responses) {
		return EndpointFilter.registration(ServiceEndpoint.CHANGES.path(), List.of("GET", "HEAD"), responses);
	}

	@Bean
	MeterBinder changeStreamMetrics(ChangeStreams streams) {
		return (registry) -> Gauge.builder("latchkey.changes.streams", streams, ChangeStreams::count)
			.description("Services that follow what this node hears of changes")
			.register(registry);
	}

	@Bean
	FilterRegistrationBean<RevocationFilter> revocationFilter(OAuthResponses responses, ProblemWriter problems,
			RequestingClients clients, TokenReader reader, SignedTokens signed, TokenRevocation revocation) {
		return FormEndpointFilter.registration(ServiceEndpoint.REVOCATION,
				new RevocationFilter(responses, problems, clients, reader, signed, revocation));
	}

	@Bean
	FilterRegistrationBean<EndpointFilter> introspectionEndpoint(OAuthResponses responses) {
		return EndpointFilter.registration(ServiceEndpoint.INTROSPECTION.path(), FORM, responses);
	}

	@Bean
	FilterRegistrationBean<EndpointFilter> revocationEndpoint(OAuthResponses responses) {
		return EndpointFilter.registration(ServiceEndpoint.REVOCATION.path(), FORM, responses);
	}

}
