package dev.latchkey.oauth;

import java.util.List;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpMethod;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.core.endpoint.PkceParameterNames;
import org.springframework.security.oauth2.server.authorization.web.authentication.OAuth2AuthorizationConsentAuthenticationConverter;
import org.springframework.security.web.authentication.AuthenticationConverter;

/**
 * Reads the answers to the question for consent. They come to the same address as the
 * requests that lead to it, which may be posted too (RFC 6749 section 3.1): everybody who
 * tells the two apart asks here.
 */
class ConsentAnswerConverter implements AuthenticationConverter {

	/** What only a request has, and each one at least one of. */
	private static final List<String> OF_REQUESTS = List.of(OAuth2ParameterNames.RESPONSE_TYPE,
			OAuth2ParameterNames.REDIRECT_URI, PkceParameterNames.CODE_CHALLENGE,
			PkceParameterNames.CODE_CHALLENGE_METHOD, OAuth2ParameterNames.REQUEST_URI, "response_mode");

	private final OAuth2AuthorizationConsentAuthenticationConverter library = new OAuth2AuthorizationConsentAuthenticationConverter();

	@Override
	public @Nullable Authentication convert(HttpServletRequest request) {
		return isOne(request) ? this.library.convert(request) : null;
	}

	static boolean isOne(HttpServletRequest request) {
		return HttpMethod.POST.matches(request.getMethod()) && "/oauth2/authorize".equals(request.getRequestURI())
				&& OF_REQUESTS.stream().allMatch((name) -> request.getParameter(name) == null);
	}

}
