package dev.latchkey.gateway;

import dev.latchkey.net.PublicNames;
import dev.latchkey.net.ResourceMetadata;
import dev.latchkey.problem.ProblemWriter;
import dev.latchkey.scope.ScopeUses;

import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Places the route for proxies beside Spring MVC, of which it needs nothing.
 */
@Configuration(proxyBeanMethods = false)
class GatewayConfiguration {

	@Bean
	ServletRegistrationBean<ForwardAuthServlet> forwardAuth(ProblemWriter problems, ScopeUses uses, PublicNames names) {
		return new ServletRegistrationBean<>(new ForwardAuthServlet(problems, uses,
				(challenge, request) -> names.origin(request)
					.map((origin) -> ResourceMetadata.in(challenge, origin, ""))
					.orElse(challenge)),
				"/forward-auth/*");
	}

}
