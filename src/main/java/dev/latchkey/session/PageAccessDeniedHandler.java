package dev.latchkey.session;

import java.io.IOException;
import java.util.Enumeration;

import dev.latchkey.caller.Caller;
import dev.latchkey.problem.Problems;
import dev.latchkey.scope.RoleDeniedException;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.csrf.CsrfException;
import org.springframework.stereotype.Component;

/**
 * Shows the page about 403 to whoever may not do something. A form that outlived its
 * session leads to the sign-in and back; the sign-in's own is shown again.
 */
@Component
class PageAccessDeniedHandler implements AccessDeniedHandler {

	private final ReturnPath returnPath;

	private final SessionCallers callers;

	PageAccessDeniedHandler(ReturnPath returnPath, SessionCallers callers) {
		this.returnPath = returnPath;
		this.callers = callers;
	}

	@Override
	public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException denial)
			throws IOException, ServletException {
		if (denial instanceof CsrfException && request.getRequestURI().equals("/login")) {
			requireReadable(request);
			request.setAttribute(LoginPage.STALE, true);
			request.getRequestDispatcher("/login/failed").forward(request, response);
			return;
		}
		if (denial instanceof CsrfException && !this.callers.isSignedIn(request)) {
			if (!request.getRequestURI().equals("/logout")) {
				this.returnPath.saveRequest(request, response);
			}
			response.sendRedirect(SignInPage.ENDED);
			return;
		}
		// A form without its token is refused before anybody asks whose session it is.
		Caller.current().ifPresent((caller) -> caller.actor().enter(request));
		if (denial instanceof RoleDeniedException lacking) {
			request.setAttribute(Problems.DETAIL, lacking.inWords());
		}
		response.sendError(HttpStatus.FORBIDDEN.value());
	}

	/**
	 * Refuses here what the page would read first: the container logs as an error of ours
	 * whatever it throws, with the value of a parameter in it.
	 * @throws org.springframework.security.web.firewall.RequestRejectedException if the
	 * header has a control character, or a parameter a NUL
	 */
	private static void requireReadable(HttpServletRequest request) {
		Enumeration<String> accepted = request.getHeaders(HttpHeaders.ACCEPT);
		while (accepted.hasMoreElements()) {
			accepted.nextElement();
		}
		request.getParameterMap();
	}

}
