package dev.latchkey.session;

import dev.latchkey.caller.SessionUser;
import dev.latchkey.security.ApiTokenAuthenticationConverter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.context.HttpRequestResponseHolder;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.stereotype.Component;

/**
 * Gives pages the caller as the database knows him now, and keeps in the session only
 * which account it is: no rights, no address, no id of a session.
 */
@Component
class SessionCallerRepository implements SecurityContextRepository {

	private final HttpSessionSecurityContextRepository store = new HttpSessionSecurityContextRepository();

	private final SessionCallers callers;

	private final ApiTokenAuthenticationConverter converter;

	SessionCallerRepository(SessionCallers callers, ApiTokenAuthenticationConverter converter) {
		this.callers = callers;
		this.converter = converter;
	}

	/** Where there is a header, it alone decides, and it opens no page. */
	@Override
	@SuppressWarnings("deprecation")
	public SecurityContext loadContext(HttpRequestResponseHolder holder) {
		HttpServletRequest request = holder.getRequest();
		Authentication caller = this.converter.isPresent(request) ? null : this.callers.find(request);
		return (caller != null) ? new SecurityContextImpl(caller) : new SecurityContextImpl();
	}

	@Override
	public void saveContext(SecurityContext context, HttpServletRequest request, HttpServletResponse response) {
		Authentication authentication = context.getAuthentication();
		if (authentication != null && authentication.getPrincipal() instanceof SessionUser user) {
			this.store.saveContext(new SecurityContextImpl(
					UsernamePasswordAuthenticationToken.authenticated(user, null, AuthorityUtils.NO_AUTHORITIES)),
					request, response);
		}
		else if (authentication == null) {
			this.store.saveContext(context, request, response);
		}
	}

	@Override
	public boolean containsContext(HttpServletRequest request) {
		return this.callers.isSignedIn(request);
	}

}
