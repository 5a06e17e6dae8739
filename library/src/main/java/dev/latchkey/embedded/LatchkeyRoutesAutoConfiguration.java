package dev.latchkey.embedded;

import jakarta.servlet.ServletContext;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;

/**
 * Latchkey's own routes in an application that wants them.
 */
@AutoConfiguration(after = { LatchkeyAutoConfiguration.class, LatchkeyWebAutoConfiguration.class },
		before = LatchkeySecurityAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBean(LatchkeyCore.class)
class LatchkeyRoutesAutoConfiguration {

	@Bean
	OwnRoutes latchkeyOwnRoutes(LatchkeyCore core, ObjectProvider<LatchkeyCore> cores, HostRights rights,
			EmbeddedProperties properties, ObjectProvider<PathPatternRequestMatcher.Builder> matchers,
			ObjectProvider<IntrospectionClients> clients, ServletContext application) {
		return OwnRoutes.start(core, rights, new RouteInterceptor(cores, rights), properties,
				matchers.getIfAvailable(PathPatternRequestMatcher::withDefaults), clients.getIfAvailable(),
				application);
	}

	@Bean
	OwnRoutesMapping latchkeyOwnRoutesMapping(OwnRoutes routes) {
		return new OwnRoutesMapping(routes);
	}

}
