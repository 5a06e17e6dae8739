package dev.latchkey.oauth;

import java.util.HashMap;
import java.util.Map;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.web.authentication.OAuth2AuthorizationCodeRequestAuthenticationConverter;
import org.springframework.security.web.authentication.AuthenticationConverter;

/**
 * Reads requests to act for somebody. A wrong {@code response_type} goes along until the
 * address is checked, so that the application hears of it (RFC 6749 section 4.1.2.1); the
 * library's converter would refuse it before.
 */
class AuthorizationRequests implements AuthenticationConverter {

	/** Under this name the request says what is wrong with its response type. */
	static final String FAULT = AuthorizationRequests.class.getName();

	private static final String RESPONSE_TYPE = "response_type";

	private static final String CODE = "code";

	private final OAuth2AuthorizationCodeRequestAuthenticationConverter library = new OAuth2AuthorizationCodeRequestAuthenticationConverter();

	@Override
	public @Nullable Authentication convert(HttpServletRequest request) {
		String[] types = request.getParameterValues(RESPONSE_TYPE);
		if (types == null && !"GET".equals(request.getMethod())) {
			return null;
		}
		if (types != null && types.length == 1 && CODE.equals(types[0])) {
			return this.library.convert(request);
		}
		Authentication read = this.library.convert(new AsCode(request));
		return (read instanceof OAuth2AuthorizationCodeRequestAuthenticationToken asked)
				? with(asked, (types != null && types.length == 1) ? OAuth2ErrorCodes.UNSUPPORTED_RESPONSE_TYPE
						: OAuth2ErrorCodes.INVALID_REQUEST)
				: read;
	}

	private static Authentication with(OAuth2AuthorizationCodeRequestAuthenticationToken asked, String fault) {
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
