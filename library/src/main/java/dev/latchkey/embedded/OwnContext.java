package dev.latchkey.embedded;

import java.io.IOException;
import java.util.Collections;
import java.util.Enumeration;

import dev.latchkey.introspection.EmbeddedChanges;
import dev.latchkey.page.EmbeddedPages;
import dev.latchkey.startup.StartupFailure;
import dev.latchkey.web.EmbeddedAdministration;
import dev.latchkey.web.EmbeddedRoutes;
import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.util.ClassUtils;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * The context of the server's controllers, and the dispatcher that leads to them. The
 * application's converters, advices and interceptors do not reach in, and what these
 * routes need is nothing that the application sees.
 */
final class OwnContext implements AutoCloseable {

	private final AnnotationConfigWebApplicationContext context;

	private final DispatcherServlet dispatcher;

	private OwnContext(AnnotationConfigWebApplicationContext context, DispatcherServlet dispatcher) {
		this.context = context;
		this.dispatcher = dispatcher;
	}

	/**
	 * Starts it.
	 * @param within what verifies, makes and ends tokens
	 * @param rule decides who may use which route
	 * @param wanted what there is beside the routes of everybody
	 */
	static OwnContext start(ApplicationContext within, HandlerInterceptor rule, EmbeddedProperties.Routes wanted,
			ServletContext application) {
		AnnotationConfigWebApplicationContext context = new AnnotationConfigWebApplicationContext();
		// One of its own would ask the system's variables before other settings.
		context.setEnvironment((ConfigurableEnvironment) within.getEnvironment());
		context.setParent(within);
		context.setServletContext(application);
		context.register(EmbeddedRoutes.class);
		if (wanted.administration()) {
			context.register(EmbeddedAdministration.class);
		}
		if (wanted.introspection()) {
			context.register(EmbeddedChanges.class);
		}
		if (wanted.pages()) {
			requireTemplates(within.getClassLoader());
			context.register(EmbeddedPages.class);
		}
		context.addBeanFactoryPostProcessor((beans) -> beans.registerSingleton("routeRules", first(rule)));
		DispatcherServlet dispatcher = new DispatcherServlet(context);
		dispatcher.setPublishContext(false);
		dispatcher.setPublishEvents(false);
		try {
			dispatcher.init(new OwnConfig(application));
		}
		catch (ServletException ex) {
			throw new IllegalStateException("The routes of Latchkey cannot be served", ex);
		}
		return new OwnContext(context, dispatcher);
	}

	/** Where pages are wanted, the application brings what writes them. */
	static void requireTemplates(@Nullable ClassLoader application) {
		if (!ClassUtils.isPresent("org.thymeleaf.spring6.SpringTemplateEngine", application)) {
			throw new StartupFailure("latchkey.routes.pages needs Thymeleaf, which is not on the class path: add"
					+ " org.springframework.boot:spring-boot-starter-thymeleaf, or set it to false.");
		}
	}

	private static WebMvcConfigurer first(HandlerInterceptor rule) {
		return new WebMvcConfigurer() {

			@Override
			public void addInterceptors(InterceptorRegistry registry) {
				registry.addInterceptor(rule).order(Ordered.HIGHEST_PRECEDENCE);
			}

		};
	}

	<T> T part(Class<T> type) {
		return this.context.getBean(type);
	}

	<T> T part(String name, Class<T> type) {
		return this.context.getBean(name, type);
	}

	ApplicationContext within() {
		return this.context;
	}

	/** Leads a request to its controller. */
	void dispatch(ServletRequest request, ServletResponse response) throws ServletException, IOException {
		this.dispatcher.service(request, response);
	}

	@Override
	public void close() {
		this.dispatcher.destroy();
		this.context.close();
	}

	/** Without a setting. */
	private record OwnConfig(ServletContext application) implements ServletConfig {

		@Override
		public String getServletName() {
			return "latchkey";
		}

		@Override
		public ServletContext getServletContext() {
			return this.application;
		}

		@Override
		public @Nullable String getInitParameter(String name) {
			return null;
		}

		@Override
		public Enumeration<String> getInitParameterNames() {
			return Collections.emptyEnumeration();
		}

	}

}
