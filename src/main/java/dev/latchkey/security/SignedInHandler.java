package dev.latchkey.security;

import java.io.IOException;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;
import org.springframework.security.web.savedrequest.SavedRequest;
import org.springframework.stereotype.Component;

/**
 * Leads back to where somebody was before the sign-in.
 */
@Component
class SignedInHandler implements AuthenticationSuccessHandler {

	private static final String HOME = "/tokens";

	private final ReturnPath returnPath;

	private final int idleSeconds;

	SignedInHandler(ReturnPath returnPath, WebProperties properties) {
		this.returnPath = returnPath;
		this.idleSeconds = Math.toIntExact(properties.session().idleTimeout().toSeconds());
	}

	@Override
	public void onAuthenticationSuccess(HttpServletRequest request, HttpServletResponse response,
			Authentication authentication) throws IOException {
		request.getSession().setMaxInactiveInterval(this.idleSeconds);
		SavedRequest saved = this.returnPath.getRequest(request, response);
		this.returnPath.removeRequest(request, response);
		response.sendRedirect((saved != null) ? saved.getRedirectUrl() : HOME);
	}

}
