package dev.latchkey.embedded;

import java.io.IOException;

import dev.latchkey.caller.Caller;
import dev.latchkey.caller.GivingDeniedException;
import dev.latchkey.problem.ProblemCode;
import dev.latchkey.problem.ProblemResponse;
import dev.latchkey.problem.ProblemWriter;
import dev.latchkey.scope.ScopeDeniedException;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpHeaders;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * Has the server's controllers answer a request of the application's: with who calls as
 * they know callers, and for programs with what they throw made into refusals, for which
 * there are no security filters behind them.
 */
final class OwnControllers {

	private final OwnContext context;

	private final OwnPaths paths;

	private final SignedInCallers signedIn;

	private final ProblemWriter problems;

	private final Filter bodyLimit;

	private final Filter formLimit;

	OwnControllers(OwnContext context, OwnPaths paths, SignedInCallers signedIn) {
		this.context = context;
		this.paths = paths;
		this.signedIn = signedIn;
		this.problems = context.part(ProblemWriter.class);
		this.bodyLimit = context.part("bodyLimit", Filter.class);
		this.formLimit = context.part("unannouncedForms", Filter.class);
	}

	/**
	 * Answers.
	 * @param known whether it counts who is signed in
	 * @throws OwnerUnknownException if the application does not say who that is
	 */
	void answer(HttpServletRequest request, HttpServletResponse response, boolean known)
			throws ServletException, IOException {
		try {
			dispatch(request, new Answer(request, response, this.problems, this.paths.base(request)), known);
		}
		catch (ServletException ex) {
			if (ex.getCause() instanceof ScopeDeniedException lacking) {
				Refusals.lacking(response, lacking.required());
				return;
			}
			if (!(ex.getCause() instanceof AccessDeniedException denial)) {
				throw ex;
			}
			this.problems.write(request, response, ProblemCode.FORBIDDEN,
					(denial instanceof GivingDeniedException refused) ? refused.reason()
							: "The role of the account does not allow this.");
		}
	}

	/**
	 * Has them answer.
	 * @param known whether it counts who is signed in
	 * @throws OwnerUnknownException if the application does not say who that is
	 * @throws ServletException with what they throw as its cause
	 */
	void dispatch(HttpServletRequest request, HttpServletResponse answer, boolean known)
			throws ServletException, IOException {
		SecurityContext application = SecurityContextHolder.getContext();
		try {
			Authentication caller = known ? this.signedIn.find(application.getAuthentication(), request) : null;
			if (caller != null && caller.getPrincipal() instanceof Caller one) {
				one.actor().enter(request);
			}
			SecurityContext own = SecurityContextHolder.createEmptyContext();
			own.setAuthentication(caller);
			SecurityContextHolder.setContext(own);
			this.bodyLimit.doFilter(request, answer,
					(limited, unused) -> this.formLimit.doFilter(limited, answer, this.context::dispatch));
		}
		finally {
			SecurityContextHolder.setContext(application);
		}
	}

	/** Says where a new token is found within the application. */
	private static final class Answer extends ProblemResponse {

		private final String base;

		Answer(HttpServletRequest request, HttpServletResponse response, ProblemWriter problems, String base) {
			super(request, response, problems);
			this.base = base;
		}

		@Override
		public void addHeader(String name, String value) {
			super.addHeader(name, within(name, value));
		}

		@Override
		public void setHeader(String name, String value) {
			super.setHeader(name, within(name, value));
		}

		private String within(String name, String value) {
			return (HttpHeaders.LOCATION.equalsIgnoreCase(name) && value.startsWith("/")) ? this.base + value : value;
		}

	}

}
