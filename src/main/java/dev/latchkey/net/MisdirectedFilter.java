package dev.latchkey.net;

import java.io.IOException;
import java.util.Set;

import dev.latchkey.problem.ProblemCode;
import dev.latchkey.problem.ProblemWriter;
import dev.latchkey.problem.ServicePaths;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * Refuses requests under a name that is none of this server's (RFC 9110 section 15.5.20).
 * What looks at no cookie, and says the same under every name, answers under any:
 * services inside a network ask by other names than people do.
 */
class MisdirectedFilter implements Filter {

	/** Beside those of {@link ServicePaths}. */
	static final Set<String> UNDER_ANY_NAME = Set.of("/livez", "/readyz", "/forward-auth", "/oauth2/token",
			"/oauth2/jwks", "/secret-scanning/alerts");

	private static final String TOKEN_ENDPOINT = "/oauth2/token";

	private final PublicNames names;

	private final ServicePaths services;

	private final ProblemWriter problems;

	MisdirectedFilter(PublicNames names, ServicePaths services, ProblemWriter problems) {
		this.names = names;
		this.services = services;
		this.problems = problems;
	}

	@Override
	public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		HttpServletRequest http = (HttpServletRequest) request;
		Arrival arrival = Arrival.find(http);
		if (arrival != null && arrival.misdirected() && !answersUnderAnyName(http.getRequestURI())) {
			this.problems.write(http, (HttpServletResponse) response, ProblemCode.MISDIRECTED_REQUEST,
					"This server is not known by the name that was asked. "
							+ "The setting latchkey.web.public-url says by which it is.");
			return;
		}
		chain.doFilter(request, response);
	}

	/** What names the issuer says something else under another name, unless it is set. */
	private boolean answersUnderAnyName(String path) {
		return (UNDER_ANY_NAME.contains(path) && !(path.equals(TOKEN_ENDPOINT) && this.names.issuerIsAsked()))
				|| this.services.contain(path) || path.startsWith("/forward-auth/");
	}

}
