package dev.latchkey.gateway;

import dev.latchkey.problem.ProblemWriter;

import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Places the route for proxies beside Spring MVC, of which it needs nothing.
 */
@Configuration(proxyBeanMethods = false)
class GatewayConfiguration {

	@Bean
	ServletRegistrationBean<ForwardAuthServlet> forwardAuth(ProblemWriter problems) {
		return new ServletRegistrationBean<>(new ForwardAuthServlet(problems), "/forward-auth/*");
	}

}
