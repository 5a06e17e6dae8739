package dev.latchkey.oauth;

import java.io.IOException;
import java.util.List;

import dev.latchkey.account.UserService;
import dev.latchkey.caller.Actor;
import dev.latchkey.caller.Credential;
import dev.latchkey.caller.SessionUser;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;

import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets only an account that is enabled be asked for its consent, and calls it by its id.
 * Who acts stands in the details, for those whom the library asks by the account alone.
 */
class SessionOwnerFilter extends OncePerRequestFilter {

	private final UserService users;

	SessionOwnerFilter(UserService users) {
		this.users = users;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		Authentication signedIn = SecurityContextHolder.getContext().getAuthentication();
		if (signedIn != null) {
			SecurityContext context = SecurityContextHolder.createEmptyContext();
			if (signedIn.getPrincipal() instanceof SessionUser owner && this.users.find(owner).isPresent()) {
				enter(owner, request);
				UsernamePasswordAuthenticationToken asked = UsernamePasswordAuthenticationToken.authenticated(owner, "",
						List.of());
				asked.setDetails(Actor.of(request));
				context.setAuthentication(asked);
			}
			SecurityContextHolder.setContext(context);
		}
		chain.doFilter(request, response);
	}

	private static void enter(SessionUser owner, HttpServletRequest request) {
		HttpSession session = request.getSession(false);
		Actor actor = Actor.account(owner.id());
		((session != null) ? actor.with(Credential.session(session.getId())) : actor).enter(request);
	}

}
