package dev.latchkey.session;

import java.io.IOException;
import java.util.Set;

import dev.latchkey.account.UserService;
import dev.latchkey.caller.Actor;
import dev.latchkey.caller.AuditAction;
import dev.latchkey.caller.AuditedAct;
import dev.latchkey.caller.Credential;
import dev.latchkey.caller.SessionUser;
import dev.latchkey.caller.User;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;
import org.springframework.security.web.savedrequest.SavedRequest;
import org.springframework.stereotype.Component;

/**
 * Leads back to where somebody was before the sign-in.
 */
@Component
class SignedInHandler implements AuthenticationSuccessHandler {

	private final ReturnPath returnPath;

	private final UserService users;

	private final OpenSessions sessions;

	private final int idleSeconds;

	private final ApplicationEventPublisher events;

	SignedInHandler(ReturnPath returnPath, UserService users, OpenSessions sessions, SessionProperties properties,
			ApplicationEventPublisher events) {
		this.returnPath = returnPath;
		this.users = users;
		this.sessions = sessions;
		this.events = events;
		this.idleSeconds = Math.toIntExact(properties.idleTimeout().toSeconds());
	}

	@Override
	public void onAuthenticationSuccess(HttpServletRequest request, HttpServletResponse response,
			Authentication authentication) throws IOException {
		request.getSession().setMaxInactiveInterval(this.idleSeconds);
		if (authentication.getPrincipal() instanceof SessionUser user) {
			this.sessions.makeRoom(user.id());
			request.getSession().setAttribute(OpenSessions.ADDRESS, Actor.current().ip());
			tell(user, request.getSession());
		}
		SavedRequest saved = this.returnPath.getRequest(request, response);
		this.returnPath.removeRequest(request, response);
		String target = (saved != null) ? saved.getRedirectUrl() : Home.TOKENS;
		response.sendRedirect(Home.TOKENS.equals(target) ? home(authentication) : target);
	}

	private String home(Authentication authentication) {
		return Home.of((authentication.getPrincipal() instanceof SessionUser user)
				? this.users.find(user).map(User::roles).orElse(Set.of()) : Set.of());
	}

	private void tell(SessionUser user, HttpSession session) {
		Credential credential = Credential.session(session.getId());
		Actor actor = new Actor(user.id(), null, credential, Actor.current().ip());
		this.events.publishEvent(AuditedAct.of(AuditAction.LOGIN_SUCCEEDED, user.id(), null, null).by(actor));
	}

}
