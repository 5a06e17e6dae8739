package dev.latchkey.oauth;

import jakarta.servlet.http.HttpServletRequest;

import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;

/**
 * Looks at what a request at the token endpoint presents, without a lock and before the
 * client proves itself, and remembers it with the request.
 */
@Component
class EarlyLook {

	private static final String SEEN = EarlyLook.class.getName();

	private final CodeFlow codes;

	private final RefreshFlow refreshes;

	EarlyLook(CodeFlow codes, RefreshFlow refreshes) {
		this.codes = codes;
		this.refreshes = refreshes;
	}

	void take(HttpServletRequest request) {
		String refresh = request.getParameter(OAuth2ParameterNames.REFRESH_TOKEN);
		String code = request.getParameter(OAuth2ParameterNames.CODE);
		boolean unspent = (refresh != null) ? this.refreshes.isUnspent(refresh)
				: code != null && this.codes.isUnused(code);
		request.setAttribute(SEEN, Attempt.of(request, unspent));
	}

	/**
	 * Returns what was seen of the request that is being answered.
	 */
	static Attempt current() {
		Object seen = RequestContextHolder.currentRequestAttributes()
			.getAttribute(SEEN, RequestAttributes.SCOPE_REQUEST);
		if (seen instanceof Attempt attempt) {
			return attempt;
		}
		throw new IllegalStateException("Nobody has looked at this request");
	}

}
