package dev.latchkey.scope;

import org.springframework.aop.Advisor;
import org.springframework.aop.support.ComposablePointcut;
import org.springframework.aop.support.annotation.AnnotationMatchingPointcut;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Role;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.security.authorization.method.AuthorizationManagerBeforeMethodInterceptor;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.stereotype.Controller;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Puts the rules to work: on routes by an interceptor, on other beans by method security.
 */
@Configuration(proxyBeanMethods = false)
@EnableMethodSecurity
class ScopeConfiguration {

	@Bean
	WebMvcConfigurer routeAuthorization(RouteAuthorizationInterceptor interceptor) {
		return new WebMvcConfigurer() {

			@Override
			public void addInterceptors(InterceptorRegistry registry) {
				registry.addInterceptor(interceptor).order(Ordered.HIGHEST_PRECEDENCE);
			}

		};
	}

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static Advisor requiresScopeAdvisor(ObjectProvider<ScopeAuthorizationManager> manager) {
		ComposablePointcut annotated = new ComposablePointcut(
				AnnotationMatchingPointcut.forMethodAnnotation(RequiresScope.class))
			.union(AnnotationMatchingPointcut.forClassAnnotation(RequiresScope.class))
			.intersection((Class<?> type) -> !AnnotatedElementUtils.hasAnnotation(type, Controller.class));
		return new AuthorizationManagerBeforeMethodInterceptor(annotated,
				new ScopedMethodAuthorizationManager(manager));
	}

}
