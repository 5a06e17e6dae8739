package dev.latchkey.oauth;

import java.util.List;

import dev.latchkey.problem.ProblemWriter;
import dev.latchkey.token.TokenFormat;
import dev.latchkey.token.TokenRevocation;
import dev.latchkey.verification.TokenVerifier;

import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/**
 * Places the endpoints that resource servers ask all the time: behind the filters that
 * know the request's origin and limit its size, before Spring Security.
 */
@Configuration(proxyBeanMethods = false)
class FastEndpoints {

	/** One before {@code springSecurityFilterChain}. */
	private static final int ORDER = -101;

	private static final List<String> FORM = List.of("POST");

	private static final List<String> DOCUMENT = List.of("GET", "HEAD");

	private static final String METADATA = "/.well-known/oauth-authorization-server";

	@Bean
	FilterRegistrationBean<GivenParameters> givenParameters() {
		FilterRegistrationBean<GivenParameters> registration = new FilterRegistrationBean<>(new GivenParameters());
		registration.addUrlPatterns("/oauth2/*");
		registration.setOrder(ORDER - 1);
		return registration;
	}

	@Bean
	FilterRegistrationBean<AttemptFilter> attempts() {
		FilterRegistrationBean<AttemptFilter> registration = new FilterRegistrationBean<>(new AttemptFilter());
		registration.addUrlPatterns("/oauth2/token", "/security/refresh-token");
		registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 1);
		return registration;
	}

	@Bean
	FilterRegistrationBean<MetadataRequests> metadataRequests(OAuthProperties properties) {
		FilterRegistrationBean<MetadataRequests> registration = new FilterRegistrationBean<>(
				new MetadataRequests(properties.issuer()));
		registration.addUrlPatterns(MetadataRequests.METADATA, MetadataRequests.METADATA + "/*", "/oauth2/jwks",
				"/oauth2/authorize");
		registration.setOrder(ORDER - 1);
		return registration;
	}

	@Bean
	FilterRegistrationBean<IntrospectionFilter> introspectionFilter(OAuthAnswers answers, ProblemWriter problems,
			ClientGate gate, TokenVerifier verifier, Introspection introspection) {
		return at("/oauth2/introspect", new IntrospectionFilter(answers, problems, gate, verifier, introspection));
	}

	@Bean
	FilterRegistrationBean<RevocationFilter> revocationFilter(OAuthAnswers answers, ProblemWriter problems,
			ClientGate gate, TokenFormat format, Jwts jwts, TokenRevocation revocation) {
		return at("/oauth2/revoke", new RevocationFilter(answers, problems, gate, format, jwts, revocation));
	}

	@Bean
	FilterRegistrationBean<EndpointFilter> tokenEndpoint(OAuthAnswers answers) {
		return before("/oauth2/token", FORM, answers);
	}

	@Bean
	FilterRegistrationBean<EndpointFilter> introspectionEndpoint(OAuthAnswers answers) {
		return before("/oauth2/introspect", FORM, answers);
	}

	@Bean
	FilterRegistrationBean<EndpointFilter> revocationEndpoint(OAuthAnswers answers) {
		return before("/oauth2/revoke", FORM, answers);
	}

	@Bean
	FilterRegistrationBean<EndpointFilter> authorizationEndpoint(OAuthAnswers answers) {
		return before("/oauth2/authorize", List.of("GET", "HEAD", "POST"), answers);
	}

	@Bean
	FilterRegistrationBean<EndpointFilter> keysEndpoint(OAuthAnswers answers) {
		return before("/oauth2/jwks", DOCUMENT, answers);
	}

	/** An issuer with a path has it behind the document's (RFC 8414 section 3.1). */
	@Bean
	FilterRegistrationBean<EndpointFilter> metadataEndpoint(OAuthAnswers answers) {
		FilterRegistrationBean<EndpointFilter> registration = before(METADATA, DOCUMENT, answers);
		registration.addUrlPatterns(METADATA + "/*");
		return registration;
	}

	private static FilterRegistrationBean<EndpointFilter> before(String path, List<String> methods,
			OAuthAnswers answers) {
		FilterRegistrationBean<EndpointFilter> registration = new FilterRegistrationBean<>(
				new EndpointFilter(path, methods, answers));
		registration.addUrlPatterns(path);
		registration.setOrder(ORDER - 2);
		return registration;
	}

	private static <T extends FormEndpointFilter> FilterRegistrationBean<T> at(String path, T filter) {
		FilterRegistrationBean<T> registration = new FilterRegistrationBean<>(filter);
		registration.addUrlPatterns(path);
		registration.setOrder(ORDER);
		return registration;
	}

}
