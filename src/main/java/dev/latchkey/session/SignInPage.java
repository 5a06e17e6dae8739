package dev.latchkey.session;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;

/**
 * Leads whoever is not known to the sign-in. If the browser still names a session that
 * has ended, the page says so.
 */
class SignInPage extends LoginUrlAuthenticationEntryPoint {

	static final String ENDED = "/login?expired";

	SignInPage() {
		super("/login");
	}

	@Override
	protected String determineUrlToUseForThisRequest(HttpServletRequest request, HttpServletResponse response,
			AuthenticationException failure) {
		return isEnded(request) ? ENDED : getLoginFormUrl();
	}

	/** Whether the browser still names a session that there is not. */
	static boolean isEnded(HttpServletRequest request) {
		return request.getRequestedSessionId() != null && !request.isRequestedSessionIdValid();
	}

}
