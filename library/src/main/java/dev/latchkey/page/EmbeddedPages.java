package dev.latchkey.page;

import java.nio.charset.StandardCharsets;
import java.util.List;

import dev.latchkey.language.EmbeddedLanguage;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.thymeleaf.spring6.SpringTemplateEngine;
import org.thymeleaf.spring6.view.ThymeleafViewResolver;
import org.thymeleaf.templatemode.TemplateMode;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;

import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.security.web.servlet.support.csrf.CsrfRequestDataValueProcessor;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.web.servlet.FlashMap;
import org.springframework.web.servlet.FlashMapManager;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.support.RequestDataValueProcessor;
import org.springframework.web.servlet.support.SessionFlashMapManager;

/**
 * The pages of the server in an application that wants them, beside the routes: with the
 * application's language and its CSRF token, by an engine of their own, whose templates
 * and texts lie where the application has none.
 */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
@EnableTransactionManagement(proxyTargetClass = true)
@ComponentScan({ "dev.latchkey.page", "dev.latchkey.language" })
public class EmbeddedPages {

	private static final String FOLDER = "META-INF/latchkey/templates/";

	@Bean
	LocaleResolver localeResolver() {
		return new EmbeddedLanguage();
	}

	/** Spring knows it by this name. */
	@Bean
	RequestDataValueProcessor requestDataValueProcessor() {
		return new CsrfRequestDataValueProcessor();
	}

	/** Likewise. */
	@Bean
	FlashMapManager flashMapManager() {
		return new InSession();
	}

	@Bean
	ThymeleafViewResolver pages(ApplicationContext context) {
		ClassLoaderTemplateResolver templates = new ClassLoaderTemplateResolver(context.getClassLoader());
		templates.setPrefix(FOLDER);
		templates.setSuffix(".html");
		templates.setTemplateMode(TemplateMode.HTML);
		templates.setCharacterEncoding(StandardCharsets.UTF_8.name());
		SpringTemplateEngine engine = new SpringTemplateEngine();
		engine.setTemplateResolver(templates);
		engine.setMessageSource(context);
		ThymeleafViewResolver pages = new ThymeleafViewResolver();
		pages.setTemplateEngine(engine);
		pages.setCharacterEncoding(StandardCharsets.UTF_8.name());
		// As in the server: a page that fails midway is answered as a failure.
		pages.setProducePartialOutputWhileProcessing(false);
		pages.setOrder(Ordered.HIGHEST_PRECEDENCE);
		return pages;
	}

	/**
	 * What a page says after a form stands in the session, if there is one: none begins
	 * for that.
	 */
	private static final class InSession extends SessionFlashMapManager {

		@Override
		protected void updateFlashMaps(List<FlashMap> flashMaps, HttpServletRequest request,
				HttpServletResponse response) {
			if (request.getSession(false) != null) {
				super.updateFlashMaps(flashMaps, request, response);
			}
		}

		/** Asked for a lock, the session would begin. */
		@Override
		protected Object getFlashMapsMutex(HttpServletRequest request) {
			return (request.getSession(false) != null) ? super.getFlashMapsMutex(request) : request;
		}

	}

}
