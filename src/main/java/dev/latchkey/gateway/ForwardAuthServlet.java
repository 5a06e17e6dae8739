package dev.latchkey.gateway;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import dev.latchkey.caller.Caller;
import dev.latchkey.problem.ProblemCode;
import dev.latchkey.problem.ProblemWriter;
import dev.latchkey.scope.ScopeDeniedException;
import dev.latchkey.value.TokenForm;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;

import org.springframework.security.authentication.InsufficientAuthenticationException;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Tells a proxy whether a request may pass, and in headers who sends it. The security
 * filters before it have found the caller; what is thrown here they turn into 401 and
 * 403.
 */
class ForwardAuthServlet extends HttpServlet {

	private static final long serialVersionUID = 1L;

	private final transient ProblemWriter problems;

	ForwardAuthServlet(ProblemWriter problems) {
		this.problems = problems;
	}

	@Override
	protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
		request.setAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE, "/forward-auth");
		if (!"GET".equals(request.getMethod()) && !"HEAD".equals(request.getMethod())) {
			response.setHeader("Allow", "GET, HEAD");
			this.problems.write(request, response, ProblemCode.METHOD_NOT_ALLOWED, "A proxy asks by GET or HEAD.");
			return;
		}
		Caller caller = Caller.current()
			.orElseThrow(() -> new InsufficientAuthenticationException("This route needs a token"));
		List<String> required = required(request);
		for (String scope : required) {
			if (caller.cannot(scope)) {
				throw new ScopeDeniedException(
						required.stream().filter(ForwardAuthServlet::isPlain).map(TokenForm::masked).toList());
			}
		}
		IdentityHeaders.write(caller, response);
		response.setStatus(HttpServletResponse.SC_NO_CONTENT);
	}

	/**
	 * A scope that does not exist is asked for like any other: nobody has it. So a proxy
	 * that is set up wrong lets nobody pass, and the answer says what it asked for.
	 */
	private static List<String> required(HttpServletRequest request) {
		String[] given = given(request);
		List<String> scopes = new ArrayList<>();
		if (given != null) {
			for (String value : given) {
				scopes.addAll(List.of(value.split(" ", -1)));
			}
		}
		return scopes;
	}

	/** What cannot be read is a scope that nobody has. */
	private static String @Nullable [] given(HttpServletRequest request) {
		try {
			return (request.getQueryString() != null) ? request.getParameterValues("scope") : null;
		}
		catch (InvalidParameterException | RequestRejectedException ex) {
			return new String[] { "" };
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
