package dev.latchkey.oauth;

import java.util.List;

import dev.latchkey.client.ClientAuthenticator;
import dev.latchkey.endpoint.EndpointFilter;
import dev.latchkey.endpoint.EndpointOrder;
import dev.latchkey.endpoint.FormEndpointFilter;
import dev.latchkey.endpoint.OAuthResponses;
import dev.latchkey.endpoint.ServiceEndpoint;
import dev.latchkey.grant.DeviceAuthorizations;
import dev.latchkey.grant.ResourceTargets;
import dev.latchkey.limit.NetworkLimits;
import dev.latchkey.net.PublicNames;
import dev.latchkey.problem.ProblemWriter;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The methods of the endpoints that Spring's authorization server answers, and the
 * filters that do there what it does not do by itself.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(OAuthProperties.class)
class OAuthEndpoints {

	private static final List<String> DOCUMENT = List.of("GET", "HEAD");

	@Bean
	FilterRegistrationBean<MetadataFilter> metadataFilter(OAuthProperties properties) {
		FilterRegistrationBean<MetadataFilter> registration = new FilterRegistrationBean<>(
				new MetadataFilter(properties.issuer()));
		registration.addUrlPatterns(MetadataFilter.METADATA, MetadataFilter.METADATA + "/*", "/oauth2/jwks",
				"/oauth2/authorize");
		registration.setOrder(EndpointOrder.REQUEST);
		return registration;
	}

	@Bean
	FilterRegistrationBean<EndpointFilter> tokenEndpoint(OAuthResponses responses) {
		return EndpointFilter.registration("/oauth2/token", List.of("POST"), responses);
	}

	@Bean
	FilterRegistrationBean<EndpointFilter> deviceAuthorizationEndpoint(OAuthResponses responses) {
		return EndpointFilter.registration(ServiceEndpoint.DEVICE_AUTHORIZATION.path(), List.of("POST"), responses);
	}

	@Bean
	FilterRegistrationBean<DeviceAuthorizationFilter> deviceAuthorizationFilter(OAuthResponses responses,
			ProblemWriter problems, ClientAuthenticator gate, DeviceAuthorizations devices, NetworkLimits limits,
			ResourceTargets targets, PublicNames names) {
		return FormEndpointFilter.registration(ServiceEndpoint.DEVICE_AUTHORIZATION,
				new DeviceAuthorizationFilter(responses, problems, gate, devices, limits, targets, names));
	}

	@Bean
	FilterRegistrationBean<EndpointFilter> authorizationEndpoint(OAuthResponses responses) {
		return EndpointFilter.registration("/oauth2/authorize", List.of("GET", "HEAD", "POST"), responses);
	}

	@Bean
	FilterRegistrationBean<EndpointFilter> keysEndpoint(OAuthResponses responses) {
		return EndpointFilter.registration("/oauth2/jwks", DOCUMENT, responses);
	}

	/** An issuer with a path has it behind the document's (RFC 8414 section 3.1). */
	@Bean
	FilterRegistrationBean<EndpointFilter> metadataEndpoint(OAuthResponses responses) {
		return EndpointFilter.registration(MetadataFilter.METADATA, DOCUMENT, responses,
				MetadataFilter.METADATA + "/*");
	}

}
