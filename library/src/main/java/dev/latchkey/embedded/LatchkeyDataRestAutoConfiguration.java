package dev.latchkey.embedded;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.data.rest.core.config.RepositoryRestConfiguration;
import org.springframework.data.rest.core.mapping.ResourceMapping;
import org.springframework.data.rest.core.mapping.ResourceMappings;

/**
 * Where Spring Data REST publishes repositories, in an application that has it: its
 * mappings do not say so.
 */
@AutoConfiguration(afterName = "org.springframework.boot.data.rest.autoconfigure.DataRestAutoConfiguration")
@ConditionalOnClass(RepositoryRestConfiguration.class)
@ConditionalOnBean({ RepositoryRestConfiguration.class, ResourceMappings.class })
class LatchkeyDataRestAutoConfiguration {

	@Bean
	HostRoutes.PublishedRepositories latchkeyPublishedRepositories(RepositoryRestConfiguration published,
			ResourceMappings repositories) {
		return () -> repositories.stream()
			.filter(ResourceMapping::isExported)
			.map((repository) -> published.getBasePath().getPath().replaceFirst("/$", "") + repository.getPath())
			.toList();
	}

}
