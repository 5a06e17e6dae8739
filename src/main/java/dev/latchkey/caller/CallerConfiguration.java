package dev.latchkey.caller;

import java.util.List;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * The settings about who may give what, and the argument by which handlers learn who
 * acts.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(GivingProperties.class)
class CallerConfiguration implements WebMvcConfigurer {

	@Override
	public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
		resolvers.add(new CurrentActorResolver());
	}

}
