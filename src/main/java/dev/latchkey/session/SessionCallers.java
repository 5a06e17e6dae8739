package dev.latchkey.session;

import java.time.Instant;
import java.util.Set;

import dev.latchkey.account.UserService;
import dev.latchkey.caller.Caller;
import dev.latchkey.caller.Credential;
import dev.latchkey.caller.SessionUser;
import dev.latchkey.caller.User;
import dev.latchkey.scope.ScopeAuthorities;
import dev.latchkey.scope.ScopeCatalogue;
import dev.latchkey.scope.Scopes;
import dev.latchkey.security.SessionAuthentication;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;

import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.stereotype.Component;

/**
 * Finds the caller behind a web session of this server. The session knows only which
 * account signed in; what the account may do is read anew for each request.
 */
@Component
class SessionCallers implements SessionAuthentication {

	private final UserService users;

	private final ScopeCatalogue catalogue;

	SessionCallers(UserService users, ScopeCatalogue catalogue) {
		this.users = users;
		this.catalogue = catalogue;
	}

	@Override
	public @Nullable Authentication find(HttpServletRequest request) {
		HttpSession session = request.getSession(false);
		SessionUser signedIn = signedIn(session);
		if (session == null || signedIn == null) {
			return null;
		}
		Instant begin = Instant.ofEpochMilli(session.getCreationTime());
		return this.users.find(signedIn)
			.map((user) -> enter(request, user, begin, Credential.session(session.getId()).id()))
			.orElse(null);
	}

	@Override
	public boolean isSignedIn(HttpServletRequest request) {
		return signedIn(request.getSession(false)) != null;
	}

	/** Makes the session one of somebody who has just signed in, or as good as. */
	static void remember(HttpSession session, SessionUser user) {
		session.setAttribute(HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY, new SecurityContextImpl(
				UsernamePasswordAuthenticationToken.authenticated(user, null, AuthorityUtils.NO_AUTHORITIES)));
	}

	/** A session begins with a sign-in, so its age is that of the sign-in. */
	private Authentication enter(HttpServletRequest request, User user, Instant signedInAt, String sessionId) {
		Set<String> rights = this.catalogue.effective(Scopes.of(Scopes.ALL), user.roles());
		Caller caller = new Caller(user, rights, null, signedInAt, sessionId);
		caller.actor().enter(request);
		return UsernamePasswordAuthenticationToken.authenticated(caller, "", ScopeAuthorities.of(rights, user.roles()));
	}

	/** Returns who signed in, or null. */
	static @Nullable SessionUser signedIn(@Nullable HttpSession session) {
		Object context = (session != null)
				? session.getAttribute(HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY) : null;
		if (context instanceof SecurityContext security && security.getAuthentication() != null
				&& security.getAuthentication().getPrincipal() instanceof SessionUser user) {
			return user;
		}
		return null;
	}

}
