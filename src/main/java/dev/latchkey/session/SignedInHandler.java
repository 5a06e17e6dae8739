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
import dev.latchkey.language.LanguageRead;
import dev.latchkey.language.ReadersLanguage;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.http.HttpHeaders;
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

	private final ApplicationEventPublisher events;

	SignedInHandler(ReturnPath returnPath, UserService users, OpenSessions sessions, ApplicationEventPublisher events) {
		this.returnPath = returnPath;
		this.users = users;
		this.sessions = sessions;
		this.events = events;
	}

	@Override
	public void onAuthenticationSuccess(HttpServletRequest request, HttpServletResponse response,
			Authentication authentication) throws IOException {
		if (authentication.getPrincipal() instanceof SessionUser user) {
			Actor actor = actor(user, request);
			this.sessions.makeRoom(actor);
			request.getSession().setAttribute(OpenSessions.ADDRESS, actor.ip());
			request.getSession()
				.setAttribute(OpenSessions.BROWSER, UserAgent.kept(request.getHeader(HttpHeaders.USER_AGENT)));
			this.events.publishEvent(AuditedAct.ofAccount(AuditAction.LOGIN_SUCCEEDED, actor, user.id()));
			this.events.publishEvent(new LanguageRead(user.id(), ReadersLanguage.of(request)));
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

	/** Whoever had signed in here before may be another account. */
	private static Actor actor(SessionUser user, HttpServletRequest request) {
		Credential credential = Credential.session(request.getSession().getId());
		return Actor.of(request).as(user.id(), null).with(credential);
	}

}
