package dev.latchkey.resourceserver.spring;

import java.io.IOException;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authorization.AuthorityAuthorizationDecision;
import org.springframework.security.authorization.AuthorizationDeniedException;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.authorization.ExpressionAuthorizationDecision;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.access.AccessDeniedHandlerImpl;

/**
 * Answers whose token does not allow it: which scope is lacking, where the rule that
 * refused names one, whichever way the host wrote it.
 */
class DeniedHandler implements AccessDeniedHandler {

	private static final Pattern SCOPE = Pattern.compile("SCOPE_([a-z][a-z0-9_.:-]*)");

	/** For those who came otherwise. */
	private final AccessDeniedHandler others = new AccessDeniedHandlerImpl();

	private final Refusals refusals;

	DeniedHandler(Refusals refusals) {
		this.refusals = refusals;
	}

	@Override
	public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException denial)
			throws IOException, ServletException {
		List<String> scopes = scopes(denial);
		if (!BearerHeader.isIn(request)) {
			this.others.handle(request, response, denial);
		}
		else if (scopes.isEmpty()) {
			this.refusals.forbidden(request, response);
		}
		else {
			this.refusals.insufficientScope(request, response, scopes);
		}
	}

	private static List<String> scopes(AccessDeniedException denial) {
		if (denial instanceof ScopeDeniedException lacking) {
			return lacking.required();
		}
		return (denial instanceof AuthorizationDeniedException denied)
				? SCOPE.matcher(words(denied.getAuthorizationResult()))
					.results()
					.map((MatchResult found) -> found.group(1))
					.distinct()
					.toList()
				: List.of();
	}

	private static String words(AuthorizationResult result) {
		if (result instanceof AuthorityAuthorizationDecision byAuthority) {
			return String.join(" ",
					byAuthority.getAuthorities()
						.stream()
						.map(GrantedAuthority::getAuthority)
						.map(String::valueOf)
						.toList());
		}
		return (result instanceof ExpressionAuthorizationDecision byExpression)
				? byExpression.getExpression().getExpressionString() : "";
	}

}
