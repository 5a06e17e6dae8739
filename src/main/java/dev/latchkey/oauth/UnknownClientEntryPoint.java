package dev.latchkey.oauth;

import java.io.IOException;

import dev.latchkey.endpoint.OAuthException;
import dev.latchkey.endpoint.OAuthResponses;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.stereotype.Component;

/**
 * Refuses a request whose client is not known (RFC 6749 section 5.2), and repeats nothing
 * of it.
 */
@Component
class UnknownClientEntryPoint implements AuthenticationEntryPoint {

	private final OAuthResponses answers;

	UnknownClientEntryPoint(OAuthResponses answers) {
		this.answers = answers;
	}

	@Override
	public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
			throws IOException {
		this.answers.write(response, OAuthException.invalidClient());
	}

}
