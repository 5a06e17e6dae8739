package dev.latchkey.embedded;

import java.util.List;

import dev.latchkey.scope.Scope;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.security.access.hierarchicalroles.NullRoleHierarchy;
import org.springframework.security.access.hierarchicalroles.RoleHierarchy;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.handler.MappedInterceptor;

/**
 * What Latchkey adds to the application's requests and controllers. It is there in tests
 * of the web layer alone, too: without it a route would be open there that is closed
 * elsewhere.
 */
@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@EnableConfigurationProperties(EmbeddedProperties.class)
class LatchkeyWebAutoConfiguration {

	@Bean
	PresentedTokens latchkeyPresentedTokens(EmbeddedProperties properties, Environment environment,
			ObjectProvider<PathPatternRequestMatcher.Builder> matchers) {
		return new PresentedTokens(environment.getProperty("latchkey.tokens.prefix", "lk"), properties.tokenPaths(),
				matchers.getIfAvailable(PathPatternRequestMatcher::withDefaults));
	}

	@Bean
	HostRights latchkeyHostRights(EmbeddedProperties properties, ObjectProvider<RoleHierarchy> hierarchy,
			ObjectProvider<Scope> scopes) {
		return new HostRights(properties, hierarchy.getIfUnique(NullRoleHierarchy::new),
				scopes.orderedStream().toList());
	}

	/**
	 * Found by every mapping of handlers there is, those of Spring Data REST among them,
	 * and not only by those of the application's configuration.
	 */
	@Bean
	MappedInterceptor latchkeyRouteInterceptor(ObjectProvider<LatchkeyCore> core, HostRights rights) {
		return new MappedInterceptor(null, null, new RouteInterceptor(core, rights));
	}

	@Bean
	RouteScopes latchkeyRouteScopes(ObjectProvider<HandlerMapping> mappings,
			ObjectProvider<HostRoutes.PublishedRepositories> repositories, ObjectProvider<LatchkeyCore> core,
			ObjectProvider<OwnRoutes> own) {
		return new RouteScopes(new HostRoutes(mappings, repositories), core, own);
	}

	@Bean
	WebMvcConfigurer latchkeyCallerArgument() {
		return new WebMvcConfigurer() {

			@Override
			public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
				resolvers.add(new CallerArgumentResolver());
			}

		};
	}

}
