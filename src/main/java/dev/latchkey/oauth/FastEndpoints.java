package dev.latchkey.oauth;

import dev.latchkey.problem.ProblemWriter;
import dev.latchkey.token.TokenFormat;
import dev.latchkey.token.TokenRevocation;
import dev.latchkey.verification.TokenVerifier;

import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Places the endpoints that resource servers ask all the time: behind the filters that
 * know the request's origin and limit its size, before Spring Security.
 */
@Configuration(proxyBeanMethods = false)
class FastEndpoints {

	/** One before {@code springSecurityFilterChain}. */
	private static final int ORDER = -101;

	@Bean
	FilterRegistrationBean<GivenParameters> givenParameters() {
		FilterRegistrationBean<GivenParameters> registration = new FilterRegistrationBean<>(new GivenParameters());
		registration.addUrlPatterns("/oauth2/*");
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
			ClientGate gate, TokenFormat format, TokenRevocation revocation) {
		return at("/oauth2/revoke", new RevocationFilter(answers, problems, gate, format, revocation));
	}

	private static <T extends FormEndpointFilter> FilterRegistrationBean<T> at(String path, T filter) {
		FilterRegistrationBean<T> registration = new FilterRegistrationBean<>(filter);
		registration.addUrlPatterns(path);
		registration.setOrder(ORDER);
		return registration;
	}

}
