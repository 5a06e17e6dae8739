package dev.latchkey.language;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Gives templates the texts, and says of each page that it depends on who reads it.
 */
@Configuration(proxyBeanMethods = false)
class LanguageConfiguration {

	@Bean
	MessageSource messageSource() {
		return Words.all();
	}

	@Bean
	WebMvcConfigurer languageOfPages() {
		return new WebMvcConfigurer() {

			@Override
			public void addInterceptors(InterceptorRegistry registry) {
				registry.addInterceptor(new PageLanguages());
			}

		};
	}

	/**
	 * A page that was asked for offers the other languages, and leads back to itself,
	 * unless it says to where it leads; what answers a form does not, since nobody could
	 * lead back to it.
	 */
	private static final class PageLanguages implements HandlerInterceptor {

		@Override
		public void postHandle(HttpServletRequest request, HttpServletResponse response, Object handler,
				@Nullable ModelAndView page) {
			String view = (page != null) ? page.getViewName() : null;
			if (page == null || view == null || view.startsWith("redirect:")) {
				return;
			}
			response.addHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT_LANGUAGE);
			response.addHeader(HttpHeaders.VARY, HttpHeaders.COOKIE);
			if (HttpMethod.GET.matches(request.getMethod()) && !view.equals("error")) {
				String query = request.getQueryString();
				page.getModelMap().putIfAbsent("here", request.getRequestURI() + ((query != null) ? "?" + query : ""));
				page.addObject("languages", Language.values());
			}
		}

	}

}
