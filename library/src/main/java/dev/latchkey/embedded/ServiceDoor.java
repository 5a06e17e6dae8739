package dev.latchkey.embedded;

import java.io.IOException;

import dev.latchkey.endpoint.EmbeddedEndpoint;
import dev.latchkey.endpoint.OAuthResponses;
import dev.latchkey.problem.ProblemWriter;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * Answers services that were given a token and ask what it is good for (RFC 7662).
 */
final class ServiceDoor {

	private final EmbeddedEndpoint endpoint;

	private final Filter bodyLimit;

	ServiceDoor(LatchkeyCore core, OwnContext context, @Nullable IntrospectionClients clients) {
		OAuthResponses responses = context.part(OAuthResponses.class);
		ProblemWriter problems = context.part(ProblemWriter.class);
		this.bodyLimit = context.part("bodyLimit", Filter.class);
		this.endpoint = new EmbeddedEndpoint(OwnPaths.SERVICES, "POST", responses,
				context.part("formsOfBodies", Filter.class), new Introspection(responses, problems, core, clients));
	}

	/**
	 * Answers. Limits by network ask which request is under way.
	 * @throws OwnerUnknownException if the application does not say who somebody is
	 */
	void answer(HttpServletRequest request, HttpServletResponse response) throws ServletException, IOException {
		RequestAttributes before = RequestContextHolder.getRequestAttributes();
		try {
			RequestContextHolder.setRequestAttributes(new ServletRequestAttributes(request));
			this.bodyLimit.doFilter(request, response,
					(limited, unused) -> this.endpoint.answer((HttpServletRequest) limited, response));
		}
		finally {
			RequestContextHolder.setRequestAttributes(before);
		}
	}

}
