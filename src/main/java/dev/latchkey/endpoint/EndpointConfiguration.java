package dev.latchkey.endpoint;

import dev.latchkey.net.PublicNames;
import dev.latchkey.net.ResourceMetadata;
import dev.latchkey.problem.ServicePaths;

import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Places what all endpoints of OAuth have in common.
 */
@Configuration(proxyBeanMethods = false)
class EndpointConfiguration {

	@Bean
	FilterRegistrationBean<OAuthParameterFilter> oauthParameterFilter() {
		FilterRegistrationBean<OAuthParameterFilter> registration = new FilterRegistrationBean<>(
				new OAuthParameterFilter());
		registration.addUrlPatterns("/oauth2/*");
		registration.setOrder(EndpointOrder.REQUEST);
		return registration;
	}

	/** What answers under any name says nothing that depends on the name asked. */
	@Bean
	BearerChallenge bearerChallenge(PublicNames names) {
		return (challenge) -> names.configured()
			.map((origin) -> ResourceMetadata.in(challenge, origin, ""))
			.orElse(challenge);
	}

	@Bean
	ServicePaths servicePaths() {
		return new ServicePaths(ServiceEndpoint.paths());
	}

}
