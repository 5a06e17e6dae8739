package dev.latchkey.openapi;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import dev.latchkey.caller.CurrentActor;
import dev.latchkey.web.PageQuery;
import dev.latchkey.web.ResponseFormat;
import io.swagger.v3.core.jackson.ModelResolver;
import org.springdoc.core.providers.ObjectMapperProvider;
import org.springdoc.core.utils.SpringDocUtils;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.core.annotation.CurrentSecurityContext;

/**
 * Tells springdoc how routes and bodies are written here. Nothing of it is made before
 * somebody asks for the document.
 */
@Lazy
@Configuration(proxyBeanMethods = false)
class OpenApiConfiguration {

	static {
		SpringDocUtils.getConfig()
			.addRequestWrapperToIgnore(PageQuery.class, ResponseFormat.class)
			.addAnnotationsToIgnore(AuthenticationPrincipal.class, CurrentActor.class, CurrentSecurityContext.class);
	}

	@Bean
	ModelResolver modelResolver(ObjectMapperProvider mappers) {
		return new ModelResolver(
				mappers.jsonMapper().copy().setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE));
	}

	@Bean
	RecordSchemas recordSchemas(ObjectMapperProvider mappers) {
		return new RecordSchemas(mappers.jsonMapper());
	}

}
