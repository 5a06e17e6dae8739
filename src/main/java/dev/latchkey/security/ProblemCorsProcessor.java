package dev.latchkey.security;

import java.io.IOException;

import dev.latchkey.problem.ProblemCode;
import dev.latchkey.problem.ProblemWriter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.server.ServerHttpResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.DefaultCorsProcessor;

/**
 * Refuses other origins with a problem, where Spring writes a line of text.
 */
@Component
class ProblemCorsProcessor extends DefaultCorsProcessor {

	private final ProblemWriter problems;

	ProblemCorsProcessor(ProblemWriter problems) {
		this.problems = problems;
	}

	@Override
	public boolean processRequest(@Nullable CorsConfiguration configuration, HttpServletRequest request,
			HttpServletResponse response) throws IOException {
		if (super.processRequest(configuration, request, response)) {
			return true;
		}
		this.problems.write(request, response, ProblemCode.FORBIDDEN,
				"This origin, or what it asks for, is not among those that the server admits.");
		return false;
	}

	/** Leaves the answer to the caller, who knows the request. */
	@Override
	protected void rejectRequest(ServerHttpResponse response) {
	}

}
