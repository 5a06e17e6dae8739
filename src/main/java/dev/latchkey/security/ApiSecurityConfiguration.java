package dev.latchkey.security;

import dev.latchkey.problem.ProblemWriter;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.ExceptionTranslationFilter;
import org.springframework.security.web.context.NullSecurityContextRepository;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.savedrequest.NullRequestCache;

/**
 * The chain before the API: no state of its own, one filter that finds the caller. What a
 * caller may do is decided at the route, by its annotation.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ SecurityProperties.class, WebProperties.class })
class ApiSecurityConfiguration {

	/** Their credentials are in the body: header and session are not looked at. */
	private static final String[] CREDENTIALS_IN_BODY = { "/api/login", "/api/tokens/revoke", "/api/tokens/diagnose",
			"/security/*" };

	@Bean
	ApiTokenAuthenticationConverter apiTokenAuthenticationConverter(SecurityProperties properties) {
		return new ApiTokenAuthenticationConverter(properties.header());
	}

	@Bean
	@Order(10)
	SecurityFilterChain credentialsInBodyChain(HttpSecurity http, ProblemEntryPoint entryPoint,
			ProblemAccessDeniedHandler deniedHandler, ApiCors cors) throws Exception {
		http.securityMatcher(CREDENTIALS_IN_BODY);
		return lean(http, entryPoint, deniedHandler, cors).csrf(AbstractHttpConfigurer::disable).build();
	}

	@Bean
	@Order(20)
	SecurityFilterChain apiChain(HttpSecurity http, ApiTokenAuthenticationConverter converter,
			ApiTokenAuthenticationProvider provider, SessionCallers sessions, ProblemEntryPoint entryPoint,
			ProblemAccessDeniedHandler deniedHandler, ProblemWriter problems, ApiCors cors) throws Exception {
		http.securityMatcher("/api/**", "/admin/my-account", "/user/my-account");
		return lean(http, entryPoint, deniedHandler, cors)
			.csrf((csrf) -> csrf.requireCsrfProtectionMatcher(
					(request) -> bySession(request, converter) && CsrfFilter.DEFAULT_CSRF_MATCHER.matches(request)))
			.addFilterAfter(new ApiTokenAuthenticationFilter(converter, provider, sessions, entryPoint, problems),
					ExceptionTranslationFilter.class)
			.build();
	}

	private static HttpSecurity lean(HttpSecurity http, ProblemEntryPoint entryPoint,
			ProblemAccessDeniedHandler deniedHandler, ApiCors cors) throws Exception {
		return http.securityContext((context) -> context.securityContextRepository(new NullSecurityContextRepository()))
			.requestCache((cache) -> cache.requestCache(new NullRequestCache()))
			.sessionManagement(AbstractHttpConfigurer::disable)
			.anonymous(AbstractHttpConfigurer::disable)
			.logout(AbstractHttpConfigurer::disable)
			.cors((configurer) -> configurer.configurationSource(cors))
			.exceptionHandling(
					(handling) -> handling.authenticationEntryPoint(entryPoint).accessDeniedHandler(deniedHandler));
	}

	private static boolean bySession(HttpServletRequest request, ApiTokenAuthenticationConverter converter) {
		return !converter.isPresent(request) && SessionCallers.isSignedIn(request);
	}

}
