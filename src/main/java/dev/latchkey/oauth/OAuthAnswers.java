package dev.latchkey.oauth;

import java.io.IOException;

import jakarta.servlet.http.HttpServletResponse;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;

/**
 * Writes answers where no controller is at work. Nobody may keep them on the way.
 */
@Component
class OAuthAnswers {

	private final JsonMapper json;

	OAuthAnswers(JsonMapper json) {
		this.json = json;
	}

	void write(HttpServletResponse response, Object body) throws IOException {
		byte[] bytes = this.json.writeValueAsBytes(body);
		response.setContentType(MediaType.APPLICATION_JSON_VALUE);
		response.setContentLength(bytes.length);
		response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
		response.setHeader("X-Content-Type-Options", "nosniff");
		response.getOutputStream().write(bytes);
	}

	void write(HttpServletResponse response, OAuthRefusal refusal) throws IOException {
		response.setStatus(refusal.status().value());
		if (refusal.challenge() != null) {
			response.setHeader(HttpHeaders.WWW_AUTHENTICATE, refusal.challenge());
		}
		write(response, new ErrorBody(refusal.error(), String.valueOf(refusal.getMessage())));
	}

	record ErrorBody(String error, String errorDescription) {

	}

}
