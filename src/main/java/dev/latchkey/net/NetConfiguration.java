package dev.latchkey.net;

import dev.latchkey.problem.ProblemWriter;
import dev.latchkey.problem.ServicePaths;
import jakarta.servlet.DispatcherType;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/**
 * Puts the reading of where a request comes from before everything else.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ ProxyProperties.class, NameProperties.class })
class NetConfiguration {

	@Bean
	FilterRegistrationBean<ArrivalFilter> arrivalFilter(ArrivalReader reader) {
		FilterRegistrationBean<ArrivalFilter> registration = new FilterRegistrationBean<>(new ArrivalFilter(reader));
		registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
		registration.setDispatcherTypes(DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR);
		return registration;
	}

	/**
	 * Requests are named first; {@code TRACE} is refused by {@link ArrivalFilter}, not by
	 * the container.
	 */
	@Bean
	static WebServerFactoryCustomizer<TomcatServletWebServerFactory> connector() {
		return (factory) -> {
			factory.setProtocol(OddHostProtocol.class.getName());
			factory.addEngineValves(new RequestIdValve());
			factory.addConnectorCustomizers((connector) -> connector.setAllowTrace(true));
		};
	}

	@Bean
	FilterRegistrationBean<MisdirectedFilter> misdirectedFilter(PublicNames names, ServicePaths services,
			ProblemWriter problems) {
		FilterRegistrationBean<MisdirectedFilter> registration = new FilterRegistrationBean<>(
				new MisdirectedFilter(names, services, problems));
		registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 5);
		return registration;
	}

}
