package dev.latchkey.security;

import java.io.IOException;

import dev.latchkey.problem.ProblemWriter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpHeaders;
import org.springframework.security.core.AuthenticationException;

/**
 * Answers proxies that ask about somebody who is not known. They know no refusal but 401
 * and 403, so that what cannot be read is a bad token; and where Basic is taken, that
 * scheme is offered too, which tools that speak nothing else wait for.
 */
class GatewayEntryPoint extends ProblemEntryPoint {

	private static final String BASIC = "Basic realm=\"latchkey\"";

	private final boolean basic;

	GatewayEntryPoint(ProblemWriter problems, ProtectedResource resource, SecurityProperties properties) {
		super(problems, resource, properties);
		this.basic = properties.basic();
	}

	@Override
	public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
			throws IOException {
		super.commence(request, response,
				(failure instanceof MalformedCredentialsException) ? new BadTokenException(failure) : failure);
	}

	@Override
	void challenge(HttpServletResponse response, String value) {
		super.challenge(response, value);
		if (this.basic) {
			response.addHeader(HttpHeaders.WWW_AUTHENTICATE, BASIC);
		}
	}

}
