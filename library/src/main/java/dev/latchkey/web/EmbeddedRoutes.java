package dev.latchkey.web;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import dev.latchkey.caller.Caller;
import dev.latchkey.caller.GivingRules;
import dev.latchkey.caller.SignInTooOldException;
import dev.latchkey.problem.ProblemCode;
import dev.latchkey.problem.ProblemException;
import dev.latchkey.problem.ProblemWriter;
import dev.latchkey.problem.Problems;
import dev.latchkey.scope.RightGiving;
import dev.latchkey.value.FieldFault;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.env.Environment;
import org.springframework.http.converter.HttpMessageConverters;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import org.springframework.security.web.method.annotation.AuthenticationPrincipalArgumentResolver;
import org.springframework.security.web.method.annotation.CurrentSecurityContextArgumentResolver;
import org.springframework.util.unit.DataSize;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.method.HandlerTypePredicate;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.DelegatingWebMvcConfiguration;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.PathMatchConfigurer;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * The context of the routes that the server and an application that embeds it have in
 * common: what the server's own configuration does for them, without its container; its
 * pages join them where the application wants them.
 */
@Configuration(proxyBeanMethods = false)
@ComponentScan({ "dev.latchkey.api", "dev.latchkey.endpoint", "dev.latchkey.gateway", "dev.latchkey.problem" })
@ComponentScan(basePackages = "dev.latchkey.audit", useDefaultFilters = false,
		includeFilters = @ComponentScan.Filter(type = FilterType.ANNOTATION, classes = RestController.class))
public class EmbeddedRoutes extends DelegatingWebMvcConfiguration {

	/** Before which paths the application wants them. */
	public static final String PREFIX = "latchkey.routes.prefix";

	private final JsonMapper json;

	private final GivingRules giving;

	private final Environment environment;

	EmbeddedRoutes(JsonMapper json, GivingRules giving, Environment environment) {
		this.json = json;
		this.giving = giving;
		this.environment = environment;
	}

	@Bean
	JsonBodies jsonBodies(ObjectProvider<BodyRules<?>> rules) {
		return new JsonBodies(this.json, rules);
	}

	/** A filter that whoever serves the routes asks; the application has none of it. */
	@Bean
	Filter bodyLimit(ProblemWriter problems) {
		return new BodyLimitFilter(largestBody(), List.of(), problems);
	}

	/** Likewise. */
	@Bean
	UnannouncedForms unannouncedForms(ProblemWriter problems) {
		return new UnannouncedForms(largestBody(), problems);
	}

	/** Likewise, for those who ask by a form. */
	@Bean
	Filter formsOfBodies(UnannouncedForms limit) {
		return new EmbeddedForms(limit);
	}

	private DataSize largestBody() {
		return this.environment.getProperty("latchkey.web.max-body-size", DataSize.class, DataSize.ofKilobytes(64));
	}

	@Override
	protected RequestMappingHandlerMapping createRequestMappingHandlerMapping() {
		return new RouteMapping();
	}

	@Override
	protected void configurePathMatch(PathMatchConfigurer paths) {
		super.configurePathMatch(paths);
		paths.addPathPrefix(this.environment.getProperty(PREFIX, ""),
				HandlerTypePredicate.forBasePackage("dev.latchkey.api", "dev.latchkey.audit", "dev.latchkey.account"));
	}

	@Override
	protected void configureMessageConverters(HttpMessageConverters.ServerBuilder builder) {
		builder.configureMessageConvertersList((all) -> {
			all.clear();
			all.add(new JacksonJsonHttpMessageConverter(this.json));
			all.add(new JsonLinesConverter(this.json));
			all.add(new CsvConverter());
		});
	}

	@Override
	protected void extendHandlerExceptionResolvers(List<HandlerExceptionResolver> resolvers) {
		super.extendHandlerExceptionResolvers(resolvers);
		resolvers.add(0, new MethodNotAllowedResolver());
	}

	@Override
	protected void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
		super.addArgumentResolvers(resolvers);
		resolvers.add(new AuthenticationPrincipalArgumentResolver());
		resolvers.add(new CurrentSecurityContextArgumentResolver());
		resolvers.add(new KeptFormResolver());
		resolvers.add(new PageQueryResolver());
		resolvers.add(new ResponseFormatResolver());
	}

	@Override
	protected void addInterceptors(InterceptorRegistry registry) {
		super.addInterceptors(registry);
		registry.addInterceptor(new FreshSignIn(this.giving));
		registry.addInterceptor(new ReadableParameters());
		registry.addInterceptor(new Of(true, new StrictQueryInterceptor()));
		registry.addInterceptor(new Of(true, new UnaskedBodyInterceptor()));
		registry.addInterceptor(new Of(false, new StrictFormInterceptor()));
		registry.addInterceptor(new Of(true, new TokensInQueries()));
		registry.addInterceptor(new Of(false, new TokensInParameters()));
		registry.addInterceptor(new ContentTypeInterceptor());
		registry.addInterceptor(new Of(true, new AcceptInterceptor()));
	}

	/**
	 * A rule for the routes of programs, or for the pages; it comes before the handler.
	 */
	private static final class Of implements HandlerInterceptor {

		private final PerHandler<Boolean> ofPrograms = new PerHandler<>(Of::isOfPrograms);

		private final boolean programs;

		private final HandlerInterceptor rule;

		private Of(boolean programs, HandlerInterceptor rule) {
			this.programs = programs;
			this.rule = rule;
		}

		@Override
		public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
				throws Exception {
			boolean ofPage = handler instanceof HandlerMethod method && !this.ofPrograms.of(method);
			return this.programs == ofPage || this.rule.preHandle(request, response, handler);
		}

		private static boolean isOfPrograms(HandlerMethod handler) {
			return AnnotatedElementUtils.hasAnnotation(handler.getBeanType(), RestController.class);
		}

	}

	/** Refuses what gives a right to whoever signed in long ago. */
	private static final class FreshSignIn implements HandlerInterceptor {

		private final GivingRules giving;

		private FreshSignIn(GivingRules giving) {
			this.giving = giving;
		}

		@Override
		public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
			Caller caller = Caller.current().orElse(null);
			if (caller != null && !this.giving.isRecent(caller) && handler instanceof HandlerMethod method
					&& RightGiving.of(method) == RightGiving.ALWAYS) {
				throw new SignInTooOldException();
			}
			return true;
		}

	}

	/**
	 * Refuses parameters that the container cannot read, of which it tells by an
	 * exception with the value in it, and those with a NUL, which no text in the database
	 * has. In the server filters do, before all routes.
	 */
	private static final class ReadableParameters implements HandlerInterceptor {

		@Override
		public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
				throws IOException {
			if ((request.getQueryString() == null && request.getContentType() == null) || areReadable(request)) {
				return true;
			}
			response.sendError(HttpServletResponse.SC_BAD_REQUEST);
			return false;
		}

		private static boolean areReadable(HttpServletRequest request) {
			try {
				return request.getParameterMap()
					.entrySet()
					.stream()
					.flatMap((one) -> Stream.concat(Stream.of(one.getKey()), Arrays.stream(one.getValue())))
					.noneMatch((text) -> text.indexOf('\0') >= 0);
			}
			catch (IllegalStateException ex) {
				return false;
			}
		}

	}

	/** As {@link TokensInParameters}, for programs. */
	private static final class TokensInQueries implements HandlerInterceptor {

		@Override
		public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
			List<FieldFault> faults = (request.getQueryString() != null) ? TokensInParameters.find(request) : List.of();
			if (!faults.isEmpty()) {
				throw new ProblemException(ProblemCode.VALIDATION_FAILED, Problems.INVALID_FIELDS, faults);
			}
			return true;
		}

	}

}
