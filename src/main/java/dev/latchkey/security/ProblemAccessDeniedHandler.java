package dev.latchkey.security;

import java.io.IOException;

import dev.latchkey.caller.GivingDeniedException;
import dev.latchkey.problem.ProblemCode;
import dev.latchkey.problem.ProblemWriter;
import dev.latchkey.scope.ScopeDeniedException;
import dev.latchkey.scope.WrongResourceException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpHeaders;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.csrf.CsrfException;
import org.springframework.stereotype.Component;

/**
 * Answers who is known but may not: 403, and where a scope is lacking, which one.
 */
@Component
class ProblemAccessDeniedHandler implements AccessDeniedHandler {

	private final ProblemWriter problems;

	private final ProtectedResource resource;

	ProblemAccessDeniedHandler(ProblemWriter problems, ProtectedResource resource) {
		this.problems = problems;
		this.resource = resource;
	}

	@Override
	public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException denial)
			throws IOException {
		if (denial instanceof ScopeDeniedException lacking) {
			String scopes = String.join(" ", lacking.required());
			response.setHeader(HttpHeaders.WWW_AUTHENTICATE,
					this.resource.challenge(
							"Bearer realm=\"latchkey\", error=\"insufficient_scope\", scope=\"%s\"".formatted(scopes),
							request));
			this.problems.write(request, response, ProblemCode.INSUFFICIENT_SCOPE, lacking.inWords());
		}
		else if (denial instanceof WrongResourceException) {
			response.setHeader(HttpHeaders.WWW_AUTHENTICATE,
					this.resource.challenge("Bearer realm=\"latchkey\", error=\"insufficient_scope\", "
							+ "error_description=\"The token is not bound to this resource\"", request));
			this.problems.write(request, response, ProblemCode.WRONG_RESOURCE,
					"The token is not bound to the resource that asks.");
		}
		else if (denial instanceof CsrfException) {
			this.problems.write(request, response, ProblemCode.FORBIDDEN,
					"A web session changes things only with its CSRF token in the header X-CSRF-TOKEN.");
		}
		else if (denial instanceof GivingDeniedException refused) {
			this.problems.write(request, response, ProblemCode.FORBIDDEN, refused.reason());
		}
		else {
			this.problems.write(request, response, ProblemCode.FORBIDDEN,
					"The role of the account does not allow this.");
		}
	}

}
