package dev.latchkey.resource;

import java.util.stream.Collectors;

import dev.latchkey.scope.Role;
import dev.latchkey.scope.Scope;
import dev.latchkey.scope.ScopeCatalogue;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

/**
 * The scopes about resources, and what those of others must not begin with.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ResourceProperties.class)
class ResourceConfiguration {

	@Bean
	@Order(60)
	Scope readResources() {
		return new Scope("resources:read", "See the services behind this server and their scopes", Role.ADMIN);
	}

	@Bean
	@Order(61)
	Scope writeResources() {
		return new Scope("resources:write", "Add, change and remove services behind this server", Role.ADMIN, true);
	}

	@Bean
	ResourceFields resourceFields(ScopeCatalogue catalogue) {
		return new ResourceFields(
				catalogue.own().stream().map(Scope::name).map(Scope::firstPart).collect(Collectors.toSet()));
	}

}
