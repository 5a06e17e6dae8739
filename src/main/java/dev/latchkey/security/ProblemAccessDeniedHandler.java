package dev.latchkey.security;

import java.io.IOException;
import java.util.Optional;

import dev.latchkey.caller.GivingDeniedException;
import dev.latchkey.caller.RequestTokenUrls;
import dev.latchkey.problem.ProblemCode;
import dev.latchkey.problem.ProblemWriter;
import dev.latchkey.problem.Problems;
import dev.latchkey.scope.RoleDeniedException;
import dev.latchkey.scope.ScopeDeniedException;
import dev.latchkey.scope.WrongResourceException;
import dev.latchkey.verification.VerifiedToken;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpHeaders;
import org.springframework.http.ProblemDetail;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.csrf.CsrfException;
import org.springframework.stereotype.Component;

/**
 * Answers who is known but may not: 403, and where a role or a scope is lacking, which
 * one, and where its owner gets a token that has the scope.
 */
@Component
class ProblemAccessDeniedHandler implements AccessDeniedHandler {

	private final ProblemWriter problems;

	private final ProtectedResource resource;

	private final RequestTokenUrls remedies;

	ProblemAccessDeniedHandler(ProblemWriter problems, ProtectedResource resource, RequestTokenUrls remedies) {
		this.problems = problems;
		this.resource = resource;
		this.remedies = remedies;
	}

	@Override
	public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException denial)
			throws IOException {
		if (denial instanceof ScopeDeniedException lacking) {
			response.setHeader(HttpHeaders.WWW_AUTHENTICATE,
					this.resource.challenge("Bearer realm=\"latchkey\", " + lacking.inChallenge(), request));
			ProblemDetail problem = Problems.of(ProblemCode.INSUFFICIENT_SCOPE, lacking.inWords(), request);
			remedy(request, lacking).ifPresent((page) -> problem.setProperty("request_token_url", page));
			this.problems.write(response, problem);
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
		else if (denial instanceof RoleDeniedException lacking) {
			this.problems.write(request, response, ProblemCode.FORBIDDEN, lacking.inWords());
		}
		else {
			this.problems.write(request, response, ProblemCode.FORBIDDEN,
					"The role of the account does not allow this.");
		}
	}

	/**
	 * An application asks its user once more, with the scopes of the challenge (RFC 6750
	 * section 3.1); a token from the page would not be its own.
	 */
	private Optional<String> remedy(HttpServletRequest request, ScopeDeniedException lacking) {
		Authentication caller = SecurityContextHolder.getContext().getAuthentication();
		return (caller != null && caller.getDetails() instanceof VerifiedToken token && token.clientId() == null)
				? this.remedies.of(request, token.caller(), token.issuedAt(), lacking) : Optional.empty();
	}

}
