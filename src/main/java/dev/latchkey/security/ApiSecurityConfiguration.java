package dev.latchkey.security;

import java.util.List;

import dev.latchkey.net.ResourceMetadata;
import dev.latchkey.problem.ProblemWriter;
import dev.latchkey.scope.ScopeCatalogue;
import dev.latchkey.token.TokenReader;
import dev.latchkey.verification.TokenExpiryHeader;
import dev.latchkey.web.CsrfValues;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.csrf.HttpSessionCsrfTokenRepository;

/**
 * The chains before the API: no state of their own, one filter that finds the caller.
 * What a caller may do is decided at the route, by its annotation.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ SecurityProperties.class, CorsProperties.class })
class ApiSecurityConfiguration {

	/**
	 * Their credentials are in the body, or they are open to everybody: header and
	 * session are not looked at.
	 */
	private static final String[] WITHOUT_CALLER = { "/api/login", "/api/tokens/revoke", "/api/tokens/diagnose",
			"/security/*", "/secret-scanning/*", ResourceMetadata.PATH, ResourceMetadata.PATH + "/*" };

	@Bean
	ApiTokenAuthenticationConverter apiTokenAuthenticationConverter(SecurityProperties properties, TokenReader tokens) {
		return new ApiTokenAuthenticationConverter(properties.header(), tokens::isNumbered);
	}

	/**
	 * Before all that refuses.
	 */
	@Bean
	FilterRegistrationBean<RefusedRightsFilter> refusedRightsFilter(ScopeCatalogue catalogue,
			ApplicationEventPublisher events) {
		FilterRegistrationBean<RefusedRightsFilter> registration = new FilterRegistrationBean<>(
				new RefusedRightsFilter(catalogue, events));
		registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
		return registration;
	}

	/**
	 * Each filter of a chain would be observed by itself, which costs more than all of
	 * them do. Requests are counted and timed as a whole.
	 */
	@Bean
	@ConditionalOnBooleanProperty(name = "management.observations.enable.spring.security", havingValue = false,
			matchIfMissing = true)
	static SecurityObservationSettings securityObservations() {
		return SecurityObservationSettings.noObservations();
	}

	@Bean
	@Order(10)
	SecurityFilterChain withoutCallerChain(ApiFilterChains chains, ProblemEntryPoint entryPoint)
			throws ServletException {
		return chains.chain(entryPoint, List.of(), WITHOUT_CALLER);
	}

	@Bean
	@Order(20)
	SecurityFilterChain apiChain(ApiFilterChains chains, ProblemEntryPoint entryPoint,
			ApiTokenAuthenticationConverter converter, ApiTokenAuthenticationProvider provider,
			SessionAuthentication sessions, TokenExpiryHeader expiry, ProblemAccessDeniedHandler deniedHandler,
			ProblemWriter problems) throws ServletException {
		return chains.chain(entryPoint,
				List.of(new ApiTokenAuthenticationFilter(converter, provider, sessions, expiry, entryPoint, problems),
						sessionChanges(converter, sessions, deniedHandler)),
				BearerRoutes.patterns());
	}

	/**
	 * Proxies know no refusal but 401 and 403. The origin that a proxied request may name
	 * is one for the service behind, and the cookie of the pages is looked at by nobody:
	 * what a page anywhere has a browser send would pass as its owner's.
	 */
	@Bean
	@Order(25)
	SecurityFilterChain forwardAuthChain(ApiFilterChains chains, SecurityProperties properties,
			ApiTokenAuthenticationProvider provider, TokenExpiryHeader expiry, ProblemWriter problems,
			ProtectedResource resource, TokenReader tokens) throws ServletException {
		ApiTokenAuthenticationConverter converter = properties.basic()
				? new BasicTokenConverter(properties.header(), tokens::isNumbered)
				: new ApiTokenAuthenticationConverter(properties.header(), tokens::isNumbered);
		AuthenticationEntryPoint entryPoint = new GatewayEntryPoint(problems, resource, properties);
		return chains.chain(entryPoint, List.of(new ApiTokenAuthenticationFilter(converter, provider,
				SessionAuthentication.NONE, expiry, entryPoint, problems)), BearerRoutes.GATEWAY + "/**");
	}

	/** A request with a header is none of the browser's own making. */
	private static Filter sessionChanges(ApiTokenAuthenticationConverter converter, SessionAuthentication sessions,
			ProblemAccessDeniedHandler deniedHandler) {
		CsrfFilter csrf = new CsrfFilter(new HttpSessionCsrfTokenRepository());
		csrf.setRequestHandler(new CsrfValues());
		csrf.setAccessDeniedHandler(deniedHandler);
		return (request, response, chain) -> {
			HttpServletRequest http = (HttpServletRequest) request;
			if (CsrfFilter.DEFAULT_CSRF_MATCHER.matches(http) && !converter.isPresent(http)
					&& sessions.isSignedIn(http)) {
				csrf.doFilter(request, response, chain);
			}
			else {
				chain.doFilter(request, response);
			}
		};
	}

}
