package dev.latchkey.embedded;

import java.io.IOException;

import dev.latchkey.gateway.EmbeddedGateway;
import dev.latchkey.problem.ProblemCode;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;

import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;

/**
 * Answers proxies that stand before other services, once their client's token is known to
 * be good.
 */
final class ProxyDoor {

	private final EmbeddedGateway gateway;

	private final OwnPaths paths;

	private final SignedInCallers signedIn;

	ProxyDoor(EmbeddedGateway gateway, OwnPaths paths, SignedInCallers signedIn) {
		this.gateway = gateway;
		this.paths = paths;
		this.signedIn = signedIn;
	}

	/**
	 * Answers. The path is read as it was sent: what stands beneath the route is the
	 * client's, and may be encoded in any way; the route itself is written plainly.
	 * @throws OwnerUnknownException if the application does not say who the client is
	 */
	void answer(HttpServletRequest request, HttpServletResponse response, TokenAuthentication client)
			throws ServletException, IOException {
		String route = this.paths.base(request) + OwnPaths.PROXIES;
		if (!request.getRequestURI().startsWith(route)) {
			Refusals.write(response, ProblemCode.MALFORMED_REQUEST,
					"The path is not written plainly: its escapes are not needed.");
			return;
		}
		String beneath = request.getRequestURI().substring(route.length());
		SecurityContext application = SecurityContextHolder.getContext();
		try {
			SecurityContextHolder.setContext(new SecurityContextImpl(client.ofCaller()));
			this.gateway.answer(request, beneath.isEmpty() ? null : beneath,
					new Identified(response, this.signedIn.hostId(client.caller().userId())));
		}
		finally {
			SecurityContextHolder.setContext(application);
		}
	}

	/** Names the user as the application does. */
	private static final class Identified extends HttpServletResponseWrapper {

		private final String hostId;

		Identified(HttpServletResponse response, String hostId) {
			super(response);
			this.hostId = hostId;
		}

		@Override
		public void setHeader(String name, String value) {
			super.setHeader(name, name.equals("X-Auth-User-Id") ? EmbeddedGateway.safe(this.hostId) : value);
		}

	}

}
