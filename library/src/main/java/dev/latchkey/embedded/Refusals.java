package dev.latchkey.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;

import dev.latchkey.persistence.DatabaseOutage;
import dev.latchkey.problem.ProblemCode;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;

/**
 * Writes refusals by itself, as RFC 9457 and RFC 6750 have them: neither the
 * application's advice for exceptions nor its converters have a part in it.
 */
final class Refusals {

	private static final String CHALLENGE = "Bearer realm=\"latchkey\"";

	private Refusals() {
	}

	/** Nobody has signed in. */
	static void unknown(HttpServletResponse response) throws IOException {
		response.setHeader(HttpHeaders.WWW_AUTHENTICATE, CHALLENGE);
		write(response, ProblemCode.AUTHENTICATION_REQUIRED, "This route needs a token.");
	}

	/** The header is not written as it must be. */
	static void malformed(HttpServletResponse response) throws IOException {
		response.setHeader(HttpHeaders.WWW_AUTHENTICATE, CHALLENGE + ", error=\"invalid_request\"");
		write(response, ProblemCode.INVALID_REQUEST, "The header with the token is given twice.");
	}

	/** The token is not good; why is not said. */
	static void invalid(HttpServletResponse response) throws IOException {
		response.setHeader(HttpHeaders.WWW_AUTHENTICATE, CHALLENGE + ", error=\"invalid_token\"");
		write(response, ProblemCode.INVALID_TOKEN, "The token is not valid.");
	}

	/** The token, or the session, may not do this. */
	static void lacking(HttpServletResponse response, Collection<String> scopes) throws IOException {
		response.setHeader(HttpHeaders.WWW_AUTHENTICATE,
				"%s, error=\"insufficient_scope\", scope=\"%s\"".formatted(CHALLENGE, String.join(" ", scopes)));
		write(response, ProblemCode.INSUFFICIENT_SCOPE,
				"The token lacks a scope this route asks for: %s.".formatted(String.join(" ", scopes)));
	}

	/** No token opens this. */
	static void forbidden(HttpServletResponse response, String detail) throws IOException {
		write(response, ProblemCode.FORBIDDEN, detail);
	}

	/** Nothing can be decided now. */
	static void undecided(HttpServletResponse response) throws IOException {
		response.setHeader(HttpHeaders.RETRY_AFTER, DatabaseOutage.RETRY_AFTER_SECONDS);
		write(response, ProblemCode.UNAVAILABLE, "It cannot be decided now whether the token is good.");
	}

	/**
	 * Writes any.
	 * @param detail a sentence without a quotation mark or a reverse solidus
	 */
	static void write(HttpServletResponse response, ProblemCode code, String detail) throws IOException {
		byte[] body = """
				{"type":"%s","title":"%s","status":%d,"detail":"%s","code":"%s"}"""
			.formatted(code.type(), code.title(), code.status().value(), detail, code.value())
			.getBytes(StandardCharsets.UTF_8);
		response.setStatus(code.status().value());
		response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
		response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
		response.setContentLength(body.length);
		response.getOutputStream().write(body);
	}

}
