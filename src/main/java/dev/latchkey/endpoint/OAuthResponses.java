package dev.latchkey.endpoint;

import java.io.IOException;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;

/**
 * Writes responses where no controller is at work. Nobody may keep them on the way.
 */
@Component
public class OAuthResponses {

	private final JsonMapper json;

	/**
	 * None where the library is embedded: only the application knows what it is called.
	 */
	private final ObjectProvider<BearerChallenge> challenges;

	OAuthResponses(JsonMapper json, ObjectProvider<BearerChallenge> challenges) {
		this.json = json;
		this.challenges = challenges;
	}

	/**
	 * Writes a body.
	 */
	public void write(HttpServletResponse response, Object body) throws IOException {
		byte[] bytes = this.json.writeValueAsBytes(body);
		response.setContentType(MediaType.APPLICATION_JSON_VALUE);
		response.setContentLength(bytes.length);
		response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
		response.setHeader("X-Content-Type-Options", "nosniff");
		response.getOutputStream().write(bytes);
	}

	/**
	 * Writes an error (RFC 6749 section 5.2).
	 */
	public void write(HttpServletResponse response, OAuthException refusal) throws IOException {
		response.setStatus(refusal.status().value());
		String challenge = refusal.challenge();
		if (challenge != null) {
			BearerChallenge complete = challenge.startsWith("Bearer ") ? this.challenges.getIfAvailable() : null;
			response.setHeader(HttpHeaders.WWW_AUTHENTICATE,
					(complete != null) ? complete.complete(challenge) : challenge);
		}
		if (refusal.retryAfter() > 0) {
			response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(refusal.retryAfter()));
		}
		write(response, new ErrorBody(refusal.error(), String.valueOf(refusal.getMessage()), refusal.remedy()));
	}

	record ErrorBody(String error, String errorDescription,
			@JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String requestTokenUrl) {

	}

}
