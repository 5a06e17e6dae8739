package dev.latchkey.grant;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/**
 * Binds the settings of grants, and notes first of all when a redemption comes in.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(GrantProperties.class)
class GrantConfiguration {

	@Bean
	FilterRegistrationBean<RedemptionAttemptFilter> redemptionAttemptFilter() {
		FilterRegistrationBean<RedemptionAttemptFilter> registration = new FilterRegistrationBean<>(
				new RedemptionAttemptFilter());
		registration.addUrlPatterns("/oauth2/token", "/security/refresh-token");
		registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 1);
		return registration;
	}

}
