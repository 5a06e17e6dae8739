package dev.latchkey.endpoint;

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

	@Bean
	ServicePaths servicePaths() {
		return new ServicePaths(ServiceEndpoint.paths());
	}

}
