package dev.latchkey.page;

import jakarta.servlet.DispatcherType;

import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.resource.ResourceUrlEncodingFilter;

/**
 * Puts the question for the password before the routes, the hashed names of style sheets
 * and scripts into the pages, and the caller into the page about an error.
 */
@Configuration(proxyBeanMethods = false)
class PageConfiguration {

	@Bean
	WebMvcConfigurer recentSignIn(RecentSignInInterceptor interceptor) {
		return new WebMvcConfigurer() {

			@Override
			public void addInterceptors(InterceptorRegistry registry) {
				registry.addInterceptor(interceptor);
				registry.addInterceptor(new ErrorPageCaller());
			}

		};
	}

	/** In the place of the one that Spring Boot puts before every route. */
	@Bean
	FilterRegistrationBean<ResourceUrlEncodingFilter> pageUrlEncoding() {
		FilterRegistrationBean<ResourceUrlEncodingFilter> registration = new FilterRegistrationBean<>(
				new PageUrlEncodingFilter());
		registration.setDispatcherTypes(DispatcherType.REQUEST, DispatcherType.ERROR);
		return registration;
	}

}
