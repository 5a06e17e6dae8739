package dev.latchkey.oauth;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

import dev.latchkey.caller.GivingRules;
import dev.latchkey.web.KeptFormRequest;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;

import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.web.savedrequest.RequestCache;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.UriUtils;

/**
 * Takes no consent from a web session whose sign-in is old: asks for the password, and
 * leads back to the question as it was answered. Who agrees to nothing gives no right.
 */
class RecentConsentFilter extends OncePerRequestFilter {

	private final GivingRules giving;

	private final RequestCache returnPath;

	RecentConsentFilter(GivingRules giving, RequestCache returnPath) {
		this.giving = giving;
		this.returnPath = returnPath;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		boolean agreed = ConsentAnswerConverter.isOne(request)
				&& request.getParameter(OAuth2ParameterNames.SCOPE) != null;
		HttpSession session = agreed ? request.getSession(false) : null;
		String state = request.getParameter(OAuth2ParameterNames.STATE);
		if (session == null || state == null || this.giving.isRecent(Instant.ofEpochMilli(session.getCreationTime()))) {
			chain.doFilter(request, response);
			return;
		}
		request.setAttribute(KeptFormRequest.PAGE,
				"/oauth2/consent?state=" + UriUtils.encode(state, StandardCharsets.UTF_8));
		this.returnPath.saveRequest(request, response);
		response.sendRedirect("/login");
	}

}
