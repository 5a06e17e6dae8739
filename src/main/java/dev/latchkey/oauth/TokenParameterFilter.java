package dev.latchkey.oauth;

import java.io.IOException;

import dev.latchkey.value.FieldFault;
import dev.latchkey.web.TokensInParameters;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses a request to act for somebody, and an answer to one, if a parameter has a token
 * in it, before anybody else reads it: the token would be kept, carried to the sign-in
 * and back, and sent on to an application.
 */
class TokenParameterFilter extends OncePerRequestFilter {

	private final AuthorizationResponseHandler answers;

	TokenParameterFilter(AuthorizationResponseHandler answers) {
		this.answers = answers;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		FieldFault fault = "/oauth2/authorize".equals(request.getRequestURI())
				? TokensInParameters.find(request).stream().findFirst().orElse(null) : null;
		if (fault == null) {
			chain.doFilter(request, response);
			return;
		}
		this.answers.explain(request, response, OAuth2ErrorCodes.INVALID_REQUEST,
				"The parameter %s %s.".formatted(fault.field(), fault.message()));
	}

}
