package dev.latchkey.oauth;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.endpoint.PkceParameterNames;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.web.authentication.OAuth2AuthorizationCodeRequestAuthenticationConverter;
import org.springframework.security.web.authentication.AuthenticationConverter;

/**
 * Reads requests to act for somebody. What is wrong with {@code response_type},
 * {@code response_mode} or {@code code_challenge} goes along until the address is
 * checked, so that the application hears of it (RFC 6749 section 4.1.2.1); the library's
 * converter would refuse the first before, and pass the others by.
 */
class AuthorizationRequestConverter implements AuthenticationConverter {

	/** Under this name the request says what is wrong with the answer it wants. */
	static final String FAULT = AuthorizationRequestConverter.class.getName();

	private static final String RESPONSE_TYPE = "response_type";

	private static final String CODE = "code";

	private static final String RESPONSE_MODE = "response_mode";

	/** The one way in which a code is given back, as the metadata says. */
	static final String QUERY = "query";

	private static final String TYPE_RULE = "The parameter response_type has to be code.";

	/** Of S256, the one method that there is (RFC 7636 section 4.2). */
	private static final Pattern CHALLENGE = Pattern.compile("[A-Za-z0-9_-]{43}");

	private final OAuth2AuthorizationCodeRequestAuthenticationConverter library = new OAuth2AuthorizationCodeRequestAuthenticationConverter();

	@Override
	public @Nullable Authentication convert(HttpServletRequest request) {
		if (ConsentAnswerConverter.isOne(request)) {
			return null;
		}
		OAuth2Error fault = fault(request);
		if (fault == null) {
			return this.library.convert(request);
		}
		Authentication read = this.library.convert(new AsCode(request));
		return (read instanceof OAuth2AuthorizationCodeRequestAuthenticationToken asked) ? with(asked, fault) : read;
	}

	private static @Nullable OAuth2Error fault(HttpServletRequest request) {
		String[] types = request.getParameterValues(RESPONSE_TYPE);
		if (types == null || types.length > 1) {
			return new OAuth2Error(OAuth2ErrorCodes.INVALID_REQUEST, TYPE_RULE, null);
		}
		if (!CODE.equals(types[0])) {
			return new OAuth2Error(OAuth2ErrorCodes.UNSUPPORTED_RESPONSE_TYPE, TYPE_RULE, null);
		}
		String[] modes = request.getParameterValues(RESPONSE_MODE);
		if (modes != null && (modes.length > 1 || !QUERY.equals(modes[0]))) {
			return new OAuth2Error(OAuth2ErrorCodes.INVALID_REQUEST,
					"The parameter response_mode has to be query, or to be left out.", null);
		}
		String challenge = request.getParameter(PkceParameterNames.CODE_CHALLENGE);
		return (challenge == null || CHALLENGE.matcher(challenge).matches()) ? null
				: new OAuth2Error(OAuth2ErrorCodes.INVALID_REQUEST,
						"The parameter code_challenge has to be a SHA-256 in base64url.", null);
	}

	private static Authentication with(OAuth2AuthorizationCodeRequestAuthenticationToken asked, OAuth2Error fault) {
		Map<String, Object> more = new HashMap<>(asked.getAdditionalParameters());
		more.put(FAULT, fault);
		return new OAuth2AuthorizationCodeRequestAuthenticationToken(asked.getAuthorizationUri(), asked.getClientId(),
				(Authentication) asked.getPrincipal(), asked.getRedirectUri(), asked.getState(), asked.getScopes(),
				more);
	}

	/** The request as if its response type were right. */
	private static final class AsCode extends HttpServletRequestWrapper {

		private AsCode(HttpServletRequest request) {
			super(request);
		}

		@Override
		public Map<String, String[]> getParameterMap() {
			Map<String, String[]> parameters = new HashMap<>(super.getParameterMap());
			parameters.put(RESPONSE_TYPE, new String[] { CODE });
			return parameters;
		}

		@Override
		public @Nullable String getParameter(String name) {
			return RESPONSE_TYPE.equals(name) ? CODE : super.getParameter(name);
		}

		@Override
		public @Nullable String getQueryString() {
			String query = super.getQueryString();
			return "GET".equals(getMethod()) ? ((query != null) ? query + "&" : "") + "response_type=code" : query;
		}

	}

}
