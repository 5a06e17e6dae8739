package dev.latchkey.oauth;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

import dev.latchkey.caller.GivingRules;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;

import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.UriUtils;

/**
 * Takes no consent from a web session whose sign-in is old: leads back to the question,
 * which asks for the password first.
 */
class RecentConsentFilter extends OncePerRequestFilter {

	private final GivingRules giving;

	RecentConsentFilter(GivingRules giving) {
		this.giving = giving;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		HttpSession session = ConsentAnswerConverter.isOne(request) ? request.getSession(false) : null;
		String state = request.getParameter(OAuth2ParameterNames.STATE);
		if (session == null || state == null || this.giving.isRecent(Instant.ofEpochMilli(session.getCreationTime()))) {
			chain.doFilter(request, response);
		}
		else {
			response.sendRedirect("/oauth2/consent?state=" + UriUtils.encode(state, StandardCharsets.UTF_8));
		}
	}

}
