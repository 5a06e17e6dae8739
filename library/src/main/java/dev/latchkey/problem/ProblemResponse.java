package dev.latchkey.problem;

import java.io.IOException;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatusCode;

/**
 * An answer whose errors are problems by themselves: what is refused by a status alone
 * would be shown by the page for errors that the application has.
 */
public class ProblemResponse extends HttpServletResponseWrapper {

	private final HttpServletRequest request;

	private final ProblemWriter problems;

	public ProblemResponse(HttpServletRequest request, HttpServletResponse response, ProblemWriter problems) {
		super(response);
		this.request = request;
		this.problems = problems;
	}

	@Override
	public void sendError(int status) throws IOException {
		ProblemCode code = ProblemCode.of(HttpStatusCode.valueOf(status));
		this.problems.write(this.request, (HttpServletResponse) getResponse(), code, code.title() + ".");
	}

	@Override
	public void sendError(int status, @Nullable String message) throws IOException {
		sendError(status);
	}

}
