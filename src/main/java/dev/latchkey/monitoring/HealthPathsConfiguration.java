package dev.latchkey.monitoring;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.webmvc.actuate.endpoint.web.AdditionalHealthEndpointPathsWebMvcHandlerMapping;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Looks for {@code /livez} and {@code /readyz} after the routes and not, as Spring Boot
 * does, before them: they are asked for every few seconds, the API all the time. Probes
 * are answered whatever form they ask for.
 */
@Configuration(proxyBeanMethods = false)
class HealthPathsConfiguration {

	/** Behind the routes, which have 0, and before the files. */
	private static final int AFTER_ROUTES = 1;

	@Bean
	FilterRegistrationBean<ProbeFilter> probeFilter() {
		FilterRegistrationBean<ProbeFilter> registration = new FilterRegistrationBean<>(new ProbeFilter());
		registration.addUrlPatterns("/livez", "/readyz");
		return registration;
	}

	@Bean
	static BeanPostProcessor healthPathsAfterRoutes() {
		return new BeanPostProcessor() {

			@Override
			public Object postProcessAfterInitialization(Object bean, String name) {
				if (bean instanceof AdditionalHealthEndpointPathsWebMvcHandlerMapping mapping) {
					mapping.setOrder(AFTER_ROUTES);
				}
				return bean;
			}

		};
	}

}
