package dev.latchkey.gateway;

import java.io.IOException;

import dev.latchkey.problem.ProblemCode;
import dev.latchkey.problem.ProblemWriter;
import dev.latchkey.scope.ScopeDeniedException;
import dev.latchkey.scope.ScopeUses;
import dev.latchkey.scope.WrongResourceException;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/**
 * Answers proxies in an application that embeds this, of whose security filters none
 * knows what is thrown.
 */
@Component
public class EmbeddedGateway {

	private static final String REALM = "Bearer realm=\"latchkey\", ";

	private final ForwardAuthServlet servlet;

	private final ProblemWriter problems;

	EmbeddedGateway(ProblemWriter problems, ScopeUses uses) {
		this.servlet = new ForwardAuthServlet(problems, uses, (challenge, request) -> challenge);
		this.problems = problems;
	}

	/**
	 * Says whether the request of the caller, who is known, may pass.
	 * @param beneath what stands beneath the route, or null where nothing does
	 */
	public void answer(HttpServletRequest request, @Nullable String beneath, HttpServletResponse response)
			throws IOException, ServletException {
		try {
			this.servlet.service(new Beneath(request, beneath), response);
		}
		catch (ScopeDeniedException ex) {
			response.setHeader(HttpHeaders.WWW_AUTHENTICATE, REALM + ex.inChallenge());
			this.problems.write(request, response, ProblemCode.INSUFFICIENT_SCOPE, ex.inWords());
		}
		catch (WrongResourceException ex) {
			response.setHeader(HttpHeaders.WWW_AUTHENTICATE, REALM
					+ "error=\"insufficient_scope\", error_description=\"The token is not bound to this resource\"");
			this.problems.write(request, response, ProblemCode.WRONG_RESOURCE,
					"The token is not bound to the resource that asks.");
		}
	}

	/**
	 * Returns a value as it can stand in a header, whatever is in it.
	 */
	public static String safe(String value) {
		return IdentityHeaders.safe(value);
	}

	/** As a container says it of a servlet that stands at the route. */
	private static final class Beneath extends HttpServletRequestWrapper {

		private final @Nullable String path;

		private Beneath(HttpServletRequest request, @Nullable String path) {
			super(request);
			this.path = path;
		}

		@Override
		public @Nullable String getPathInfo() {
			return this.path;
		}

	}

}
