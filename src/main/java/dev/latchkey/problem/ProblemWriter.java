package dev.latchkey.problem;

import java.io.IOException;

import dev.latchkey.persistence.DatabaseOutage;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Component;

/**
 * Writes problems where no controller is at work: in the filters.
 */
@Component
public class ProblemWriter {

	private final JsonMapper json;

	ProblemWriter(JsonMapper json) {
		this.json = json;
	}

	/**
	 * Sets status, content type and body; the caller sets further headers before.
	 * @throws IOException if the client is gone
	 */
	public void write(HttpServletRequest request, HttpServletResponse response, ProblemCode code, String detail)
			throws IOException {
		write(response, Problems.of(code, detail, request));
	}

	/**
	 * Sets status, content type and body.
	 * @throws IOException if the client is gone
	 */
	public void write(HttpServletResponse response, ProblemDetail problem) throws IOException {
		byte[] body = this.json.writeValueAsBytes(problem);
		response.setStatus(problem.getStatus());
		Problems.headers(problem).forEach((name, values) -> response.setHeader(name, values.get(0)));
		response.setContentLength(body.length);
		response.getOutputStream().write(body);
	}

	/**
	 * Writes the answer for a database out of reach, with the time to wait in seconds.
	 * @throws IOException if the client is gone
	 */
	public void writeUnavailable(HttpServletRequest request, HttpServletResponse response) throws IOException {
		write(request, response, ProblemCode.UNAVAILABLE, DatabaseOutage.DETAIL);
	}

	/**
	 * Writes the same where something was being done already.
	 * @param failure how that was noticed
	 * @throws IOException if the client is gone
	 */
	public void writeUnavailable(HttpServletRequest request, HttpServletResponse response, Throwable failure)
			throws IOException {
		write(request, response, ProblemCode.UNAVAILABLE, Problems.outage(request, failure));
	}

}
