package dev.latchkey.gateway;

import java.io.IOException;
import java.util.function.BiFunction;

import dev.latchkey.caller.Caller;
import dev.latchkey.problem.ProblemCode;
import dev.latchkey.problem.ProblemWriter;
import dev.latchkey.scope.Scope;
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

	private final transient BiFunction<String, HttpServletRequest, String> challenges;

	/**
	 * Answers proxies.
	 * @param challenges completes a challenge with what is known of this server
	 */
	ForwardAuthServlet(ProblemWriter problems, ScopeUses uses,
			BiFunction<String, HttpServletRequest, String> challenges) {
		this.problems = problems;
		this.challenges = challenges;
		this.uses = uses;
	}

	@Override
	protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
		boolean beneath = request.getPathInfo() != null;
		request.setAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE,
				beneath ? "/forward-auth/**" : "/forward-auth");
		Conditions asked = beneath ? Conditions.ofHeaders(request) : Conditions.ofQuery(request.getQueryString());
		if (asked == null) {
			// Whoever asks: the filters would have a guest sign in.
			response.setHeader(HttpHeaders.WWW_AUTHENTICATE,
					this.challenges.apply("Bearer realm=\"latchkey\", error=\"insufficient_scope\", "
							+ "error_description=\"The proxy says nothing to ask for\"", request));
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
			throw denial(asked);
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

	/** What a proxy asks for may come from its own client: a name is repeated alone. */
	private static ScopeDeniedException denial(Conditions asked) {
		if (!asked.canBeMet()) {
			return ScopeDeniedException
				.ofNoToken("What is asked for is no scope's name, so that no token can have it.");
		}
		return new ScopeDeniedException(asked.named().stream().filter(Scope::isName).map(TokenForm::masked).toList(),
				asked.scopes(), asked.anyOf());
	}

}
