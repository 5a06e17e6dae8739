package dev.latchkey.web;

import java.util.List;

import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.webmvc.autoconfigure.WebMvcRegistrations;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverters;
import org.springframework.http.converter.xml.Jaxb2RootElementHttpMessageConverter;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Makes bodies strict: what does not have the type that a field has is refused, not bent.
 */
@Configuration(proxyBeanMethods = false)
class WebConfiguration {

	@Bean
	JsonMapperBuilderCustomizer strictBodies() {
		return StrictJson::configure;
	}

	@Bean
	static WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> bodyTime() {
		return (factory) -> factory.addEngineValves(new BodyTimeValve(BodyTimeValve.PATIENCE));
	}

	@Bean
	WebMvcRegistrations routes(ObjectProvider<JsonMapper> json) {
		return new WebMvcRegistrations() {

			@Override
			public RequestMappingHandlerMapping getRequestMappingHandlerMapping() {
				return new RouteMapping();
			}

			@Override
			public RequestMappingHandlerAdapter getRequestMappingHandlerAdapter() {
				return new RouteHandlerAdapter(json.getObject());
			}

		};
	}

	@Bean
	WebMvcConfigurer pagesAndForms(JsonMapper json) {
		return new WebMvcConfigurer() {

			/**
			 * A library of Hibernate's brings XML along, for which each answer's class
			 * would be searched, and the one for the API's document YAML, of which no
			 * route knows.
			 */
			@Override
			public void configureMessageConverters(HttpMessageConverters.ServerBuilder builder) {
				builder.configureMessageConvertersList(
						(all) -> all.removeIf((one) -> one instanceof Jaxb2RootElementHttpMessageConverter
								|| one.getSupportedMediaTypes().contains(MediaType.APPLICATION_YAML)));
				builder.addCustomConverter(new JsonLinesConverter(json));
				builder.addCustomConverter(new CsvConverter());
			}

			@Override
			public void extendHandlerExceptionResolvers(List<HandlerExceptionResolver> resolvers) {
				resolvers.add(0, new MethodNotAllowedResolver());
			}

			@Override
			public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
				resolvers.add(new KeptFormResolver());
				resolvers.add(new PageQueryResolver());
				resolvers.add(new ResponseFormatResolver());
			}

			@Override
			public void addInterceptors(InterceptorRegistry registry) {
				registry.addInterceptor(new StrictQueryInterceptor()).addPathPatterns("/api/**");
				registry.addInterceptor(new UnaskedBodyInterceptor()).addPathPatterns("/api/**");
				registry.addInterceptor(new StrictFormInterceptor())
					.excludePathPatterns("/api/**", "/security/**", "/secret-scanning/**");
				registry.addInterceptor(new TokensInParameters());
				registry.addInterceptor(new ContentTypeInterceptor());
				registry.addInterceptor(new AcceptInterceptor())
					.addPathPatterns("/api/**", "/security/**", "/secret-scanning/**");
			}

		};
	}

}
