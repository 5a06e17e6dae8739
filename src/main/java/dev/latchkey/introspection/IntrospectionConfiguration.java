package dev.latchkey.introspection;

import java.util.List;

import dev.latchkey.caller.RequestTokenUrls;
import dev.latchkey.endpoint.EndpointFilter;
import dev.latchkey.endpoint.FormEndpointFilter;
import dev.latchkey.endpoint.OAuthResponses;
import dev.latchkey.problem.ProblemWriter;
import dev.latchkey.token.TokenReader;
import dev.latchkey.token.TokenRevocation;
import dev.latchkey.verification.Beliefs;
import dev.latchkey.verification.TokenExpiryHeader;
import dev.latchkey.verification.TokenVerifier;

import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Places introspection and revocation before Spring Security: resource servers ask on
 * every request of theirs.
 */
@Configuration(proxyBeanMethods = false)
class IntrospectionConfiguration {

	private static final String INTROSPECT = "/oauth2/introspect";

	private static final String REVOKE = "/oauth2/revoke";

	private static final List<String> FORM = List.of("POST");

	@Bean
	FilterRegistrationBean<IntrospectionFilter> introspectionFilter(OAuthResponses responses, ProblemWriter problems,
			RequestingClients clients, TokenVerifier verifier, TokenExpiryHeader expiry, Introspection introspection,
			RequestTokenUrls remedies, Beliefs beliefs) {
		return FormEndpointFilter.registration(INTROSPECT, new IntrospectionFilter(responses, problems, clients,
				verifier, expiry, introspection, remedies, beliefs));
	}

	@Bean
	FilterRegistrationBean<RevocationFilter> revocationFilter(OAuthResponses responses, ProblemWriter problems,
			RequestingClients clients, TokenReader reader, SignedTokens signed, TokenRevocation revocation) {
		return FormEndpointFilter.registration(REVOKE,
				new RevocationFilter(responses, problems, clients, reader, signed, revocation));
	}

	@Bean
	FilterRegistrationBean<EndpointFilter> introspectionEndpoint(OAuthResponses responses) {
		return EndpointFilter.registration(INTROSPECT, FORM, responses);
	}

	@Bean
	FilterRegistrationBean<EndpointFilter> revocationEndpoint(OAuthResponses responses) {
		return EndpointFilter.registration(REVOKE, FORM, responses);
	}

}
