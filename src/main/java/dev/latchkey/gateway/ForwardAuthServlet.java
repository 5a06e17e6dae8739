package dev.latchkey.gateway;

import java.io.IOException;

import dev.latchkey.caller.Caller;
import dev.latchkey.problem.ProblemCode;
import dev.latchkey.problem.ProblemWriter;
import dev.latchkey.scope.ScopeDeniedException;
import dev.latchkey.scope.ScopeUses;
import dev.latchkey.scope.WrongResourceException;
import dev.latchkey.value.TokenForm;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.InsufficientAuthenticationException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Tells a proxy whether a request may pass, and in headers who sends it, whatever its
 * method, and without a look at its body. The security filters before it have found the
 * caller; what is thrown here they turn into 401 and 403.
 */
class ForwardAuthServlet extends HttpServlet {

	private static final long serialVersionUID = 1L;

	private final transient ProblemWriter problems;

	private final transient ScopeUses uses;

	ForwardAuthServlet(ProblemWriter problems, ScopeUses uses) {
		this.problems = problems;
		this.uses = uses;
	}

	@Override
	protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
		boolean beneath = request.getPathInfo() != null;
		request.setAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE,
				beneath ? "/forward-auth/**" : "/forward-auth");
		Conditions asked = beneath ? Conditions.ofHeaders(request) : Conditions.ofQuery(request.getQueryString());
		if (asked == null) {
			response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"latchkey\", error=\"insufficient_scope\"");
			this.problems.write(request, response, ProblemCode.INSUFFICIENT_SCOPE,
					"Beneath /forward-auth/ nobody passes unless the proxy says what to ask for, "
							+ "in a header Latchkey-Scope, Latchkey-Any-Scope or Latchkey-Resource.");
			return;
		}
		Caller caller = Caller.current()
			.orElseThrow(() -> new InsufficientAuthenticationException("This route needs a token"));
		if (!asked.areAskedWhereKnown(caller)) {
			throw new WrongResourceException();
		}
		if (!asked.areMetBy(caller)) {
			throw new ScopeDeniedException(
					asked.named().stream().filter(ForwardAuthServlet::isPlain).map(TokenForm::masked).toList(),
					asked.scopes(), asked.anyOf());
		}
		Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
		if (authentication != null) {
			this.uses.used(authentication, asked.opening(caller));
		}
		IdentityHeaders.write(caller, response);
		response
			.setStatus((beneath && wantsOk(request)) ? HttpServletResponse.SC_OK : HttpServletResponse.SC_NO_CONTENT);
	}

	/** Envoy takes no other status for leave to pass. */
	private static boolean wantsOk(HttpServletRequest request) {
		try {
			return "200".equals(request.getHeader("Latchkey-Status"));
		}
		catch (RequestRejectedException ex) {
			return false;
		}
	}

	/** What a proxy asks for may come from its own client: nothing else is repeated. */
	private static boolean isPlain(String scope) {
		return !scope.isEmpty() && scope.chars().allMatch(ForwardAuthServlet::isPlainCharacter);
	}

	private static boolean isPlainCharacter(int c) {
		boolean letterOrDigit = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
		return letterOrDigit || "_.:*-".indexOf(c) >= 0;
	}

}
