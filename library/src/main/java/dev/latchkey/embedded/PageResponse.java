package dev.latchkey.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.util.ContentCachingResponseWrapper;

/**
 * What a page of the server's answers, before the application's layout has it. What is
 * refused is told apart, whether by a status alone or as programs are told.
 */
final class PageResponse extends ContentCachingResponseWrapper {

	private int refusal;

	PageResponse(HttpServletResponse response) {
		super(response);
	}

	/**
	 * Returns with which status it is refused otherwise than by a page, or 0.
	 */
	int refusal() {
		String type = getContentType();
		boolean isPage = type != null && type.toLowerCase(Locale.ROOT).startsWith(MediaType.TEXT_HTML_VALUE);
		return (this.refusal == 0 && getStatus() >= HttpStatus.BAD_REQUEST.value() && !isPage) ? getStatus()
				: this.refusal;
	}

	/**
	 * Returns the page, or nothing where another one is asked for.
	 */
	String html() {
		return new String(getContentAsByteArray(), StandardCharsets.UTF_8);
	}

	@Override
	public void sendError(int status) {
		this.refusal = status;
	}

	@Override
	public void sendError(int status, @Nullable String message) throws IOException {
		sendError(status);
	}

	@Override
	public void setHeader(String name, String value) {
		if (!isChallenge(name)) {
			super.setHeader(name, value);
		}
	}

	@Override
	public void addHeader(String name, String value) {
		if (!isChallenge(name)) {
			super.addHeader(name, value);
		}
	}

	/** How people sign in, the application knows. */
	private static boolean isChallenge(String name) {
		return HttpHeaders.WWW_AUTHENTICATE.equalsIgnoreCase(name);
	}

}
