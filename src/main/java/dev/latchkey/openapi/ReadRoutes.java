package dev.latchkey.openapi;

import java.util.Locale;
import java.util.Map;

import com.fasterxml.jackson.core.type.TypeReference;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.util.Json31;
import jakarta.servlet.http.HttpServletRequest;
import org.springdoc.core.converters.ModelConverterRegistrar;
import org.springdoc.core.customizers.SpringDocCustomizers;
import org.springdoc.core.properties.SpringDocConfigProperties;
import org.springdoc.core.providers.SpringDocProviders;
import org.springdoc.core.service.AbstractRequestService;
import org.springdoc.core.service.GenericResponseService;
import org.springdoc.core.service.OpenAPIService;
import org.springdoc.core.service.OperationService;
import org.springdoc.webmvc.api.OpenApiResource;

import org.springframework.beans.factory.ObjectFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/**
 * What springdoc reads of the controllers: paths, parameters, bodies, schemas.
 */
@Lazy
@Component
class ReadRoutes extends OpenApiResource {

	private final ObjectProvider<ModelConverter> converters;

	private final SpringDocConfigProperties properties;

	ReadRoutes(ObjectFactory<OpenAPIService> documents, AbstractRequestService requests,
			GenericResponseService responses, OperationService operations, SpringDocConfigProperties properties,
			SpringDocProviders providers, SpringDocCustomizers customizers, ObjectProvider<ModelConverter> converters) {
		super(documents, requests, responses, operations, properties, providers, customizers);
		this.converters = converters;
		this.properties = properties;
	}

	Map<String, Object> read() {
		// Converters are registered for the whole JVM, and each application that starts
		// replaces those of the one
		// before.
		new ModelConverterRegistrar(this.converters.orderedStream().toList(), this.properties);
		return Json31.mapper().convertValue(getOpenApi("/", Locale.ROOT), new TypeReference<>() {
		});
	}

	@Override
	protected String getServerUrl(HttpServletRequest request, String path) {
		return "/";
	}

}
