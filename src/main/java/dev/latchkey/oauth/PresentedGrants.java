package dev.latchkey.oauth;

import dev.latchkey.grant.CodeFlow;
import dev.latchkey.grant.RedemptionAttempt;
import dev.latchkey.grant.RefreshFlow;
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
class PresentedGrants {

	private static final String SEEN = PresentedGrants.class.getName();

	private final CodeFlow codes;

	private final RefreshFlow refreshes;

	PresentedGrants(CodeFlow codes, RefreshFlow refreshes) {
		this.codes = codes;
		this.refreshes = refreshes;
	}

	void take(HttpServletRequest request) {
		String refresh = request.getParameter(OAuth2ParameterNames.REFRESH_TOKEN);
		String code = request.getParameter(OAuth2ParameterNames.CODE);
		boolean unspent = (refresh != null) ? this.refreshes.isUnspent(refresh)
				: code != null && this.codes.isUnused(code);
		request.setAttribute(SEEN, RedemptionAttempt.of(request, unspent));
	}

	/**
	 * Returns what was seen of the request that is being answered.
	 */
	static RedemptionAttempt current() {
		Object seen = RequestContextHolder.currentRequestAttributes()
			.getAttribute(SEEN, RequestAttributes.SCOPE_REQUEST);
		if (seen instanceof RedemptionAttempt attempt) {
			return attempt;
		}
		throw new IllegalStateException("Nobody has looked at this request");
	}

}
