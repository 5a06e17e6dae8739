package dev.latchkey.resourceserver.spring;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import dev.latchkey.resourceserver.RateLimit;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;

/**
 * Writes refusals as Latchkey itself does: challenges by RFC 6750, bodies by RFC 9457.
 */
class Refusals {

	private static final String REALM = "Bearer realm=\"latchkey\"";

	private final @Nullable String metadata;

	/**
	 * Writes them.
	 * @param metadata where this service's metadata (RFC 9728) are, or null
	 */
	Refusals(@Nullable String metadata) {
		this.metadata = metadata;
	}

	void authenticationRequired(HttpServletRequest request, HttpServletResponse response) throws IOException {
		challenge(response, REALM);
		write(request, response, 401, "authentication_required", "Authentication required",
				"This route needs a token: Authorization: Bearer <token>.");
	}

	void invalidToken(HttpServletRequest request, HttpServletResponse response) throws IOException {
		challenge(response, REALM + ", error=\"invalid_token\", error_description=\"The token is not valid\"");
		write(request, response, 401, "invalid_token", "Invalid token", "The token is not valid.");
	}

	void invalidRequest(HttpServletRequest request, HttpServletResponse response, String detail) throws IOException {
		response.setHeader(HttpHeaders.WWW_AUTHENTICATE,
				"%s, error=\"invalid_request\", error_description=\"%s\"".formatted(REALM, detail));
		write(request, response, 400, "invalid_request", "Invalid request", detail + ".");
	}

	void insufficientScope(HttpServletRequest request, HttpServletResponse response, List<String> scopes)
			throws IOException {
		String named = String.join(" ", scopes);
		challenge(response, "%s, error=\"insufficient_scope\", scope=\"%s\"".formatted(REALM, named));
		write(request, response, 403, "insufficient_scope", "Insufficient scope",
				"This route needs a token with %s.".formatted(named));
	}

	void forbidden(HttpServletRequest request, HttpServletResponse response) throws IOException {
		write(request, response, 403, "forbidden", "Forbidden", "The token does not allow this.");
	}

	void limited(HttpServletRequest request, HttpServletResponse response, RateLimit limit) throws IOException {
		response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(Math.max(1, limit.seconds())));
		limit(response, limit);
		write(request, response, 429, "rate_limited", "Too many requests", "Too many requests with this token.");
	}

	void limit(HttpServletResponse response, RateLimit limit) {
		response.setHeader("RateLimit-Policy", "\"token\";q=" + limit.quota() + ";w=60");
		response.setHeader("RateLimit", "\"token\";r=" + limit.remaining() + ";t=" + limit.seconds());
	}

	void unavailable(HttpServletRequest request, HttpServletResponse response, Duration wait) throws IOException {
		response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(Math.max(1, wait.toSeconds())));
		write(request, response, 503, "unavailable", "Unavailable",
				"Nobody can tell now whether the token is good. Try again in a moment.");
	}

	private void challenge(HttpServletResponse response, String value) {
		response.setHeader(HttpHeaders.WWW_AUTHENTICATE,
				(this.metadata != null) ? "%s, resource_metadata=\"%s\"".formatted(value, this.metadata) : value);
	}

	private static void write(HttpServletRequest request, HttpServletResponse response, int status, String code,
			String title, String detail) throws IOException {
		byte[] body = """
				{"type":"urn:latchkey:problem:%s","title":"%s","status":%d,"detail":"%s","instance":"%s","code":"%s"}"""
			.formatted(code, title, status, escaped(detail), escaped(ShownPath.of(request.getRequestURI())), code)
			.getBytes(StandardCharsets.UTF_8);
		response.setStatus(status);
		response.setContentType("application/problem+json");
		response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
		response.setContentLength(body.length);
		response.getOutputStream().write(body);
	}

	private static String escaped(String text) {
		StringBuilder escaped = new StringBuilder();
		text.chars().forEach((c) -> escaped.append(isPlain(c) ? Character.toString(c) : "\\u%04x".formatted(c)));
		return escaped.toString();
	}

	private static boolean isPlain(int c) {
		return c >= ' ' && c <= '~' && c != '"' && c != '\\';
	}

}
