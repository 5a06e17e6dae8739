package dev.latchkey.security;

import java.io.IOException;

import dev.latchkey.problem.ProblemCode;
import dev.latchkey.problem.ProblemWriter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpHeaders;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.stereotype.Component;

/**
 * Answers who is not known: 401 by RFC 6750 section 3, without an error code for those
 * who sent no token, and 400 for credentials that cannot be read.
 */
@Component
class ProblemEntryPoint implements AuthenticationEntryPoint {

	private static final String REALM = "Bearer realm=\"latchkey\"";

	private final ProblemWriter problems;

	private final ProtectedResource resource;

	private final String header;

	ProblemEntryPoint(ProblemWriter problems, ProtectedResource resource, SecurityProperties properties) {
		this.problems = problems;
		this.resource = resource;
		this.header = properties.header();
	}

	@Override
	public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
			throws IOException {
		if (failure instanceof MalformedCredentialsException) {
			String detail = String.valueOf(failure.getMessage());
			challenge(response, "%s, error=\"invalid_request\", error_description=\"%s\"".formatted(REALM, detail));
			this.problems.write(request, response, ProblemCode.INVALID_REQUEST, detail + ".");
		}
		else if (failure instanceof BadTokenException) {
			challenge(response, this.resource
				.challenge(REALM + ", error=\"invalid_token\", error_description=\"The token is not valid\"", request));
			this.problems.write(request, response, ProblemCode.INVALID_TOKEN,
					"The token is not valid. POST /api/tokens/diagnose tells its holder why.");
		}
		else {
			challenge(response, this.resource.challenge(REALM, request));
			this.problems.write(request, response, ProblemCode.AUTHENTICATION_REQUIRED,
					"This route needs a token: %s: Bearer <token>.".formatted(this.header));
		}
	}

	/**
	 * Says which credentials would be taken.
	 */
	void challenge(HttpServletResponse response, String value) {
		response.setHeader(HttpHeaders.WWW_AUTHENTICATE, value);
	}

}
