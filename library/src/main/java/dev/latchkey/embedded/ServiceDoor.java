package dev.latchkey.embedded;

import java.io.IOException;

import dev.latchkey.endpoint.EmbeddedEndpoint;
import dev.latchkey.endpoint.OAuthResponses;
import dev.latchkey.introspection.AnswersToKeep;
import dev.latchkey.introspection.EmbeddedChanges.StreamsForServices;
import dev.latchkey.introspection.Requesters;
import dev.latchkey.problem.ProblemWriter;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * Answers services that were given a token and ask what it is good for (RFC 7662), and
 * those that keep the answers and hear of changes.
 */
final class ServiceDoor {

	private final EmbeddedEndpoint endpoint;

	private final Filter bodyLimit;

	private final Filter stream;

	ServiceDoor(LatchkeyCore core, OwnContext context, @Nullable IntrospectionClients clients) {
		OAuthResponses responses = context.part(OAuthResponses.class);
		ProblemWriter problems = context.part(ProblemWriter.class);
		TokenAdmission admission = new TokenAdmission(core);
		ServiceCallers callers = new ServiceCallers(core, admission, clients);
		this.bodyLimit = context.part("bodyLimit", Filter.class);
		this.endpoint = new EmbeddedEndpoint(OwnPaths.SERVICES, "POST", responses,
				context.part("formsOfBodies", Filter.class),
				new Introspection(responses, problems, core, admission, callers, context.part(AnswersToKeep.class)));
		this.stream = context.part(StreamsForServices.class).of(new Requesters(callers::find));
	}

	/**
	 * Answers.
	 * @throws OwnerUnknownException if the application does not say who somebody is
	 */
	void answer(HttpServletRequest request, HttpServletResponse response) throws ServletException, IOException {
		byRequest(request, response, this.bodyLimit,
				(limited, unused) -> this.endpoint.answer((HttpServletRequest) limited, response));
	}

	/**
	 * Begins to tell of changes.
	 * @throws OwnerUnknownException if the application does not say who somebody is
	 */
	void follow(HttpServletRequest request, HttpServletResponse response) throws ServletException, IOException {
		byRequest(request, response, this.stream, (unanswered, unused) -> {
		});
	}

	/** Limits by network ask which request is under way. */
	private static void byRequest(HttpServletRequest request, HttpServletResponse response, Filter first,
			FilterChain rest) throws ServletException, IOException {
		RequestAttributes before = RequestContextHolder.getRequestAttributes();
		try {
			RequestContextHolder.setRequestAttributes(new ServletRequestAttributes(request));
			first.doFilter(request, response, rest);
		}
		finally {
			RequestContextHolder.setRequestAttributes(before);
		}
	}

}
