package dev.latchkey.oauth;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;

/**
 * Ends a request with an error of RFC 6749 section 5.2. It has no stack trace: being
 * refused is no failure of the server's.
 */
class OAuthRefusal extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String error;

	private final HttpStatus status;

	private final @Nullable String challenge;

	OAuthRefusal(String error, String description) {
		this(HttpStatus.BAD_REQUEST, error, description, null);
	}

	private OAuthRefusal(HttpStatus status, String error, String description, @Nullable String challenge) {
		super(description, null, false, false);
		this.status = status;
		this.error = error;
		this.challenge = challenge;
	}

	static OAuthRefusal invalidRequest(String description) {
		return new OAuthRefusal("invalid_request", description);
	}

	static OAuthRefusal invalidClient() {
		return new OAuthRefusal(HttpStatus.UNAUTHORIZED, "invalid_client",
				"The client is not known by these credentials.", "Basic realm=\"latchkey\"");
	}

	static OAuthRefusal invalidToken() {
		return new OAuthRefusal(HttpStatus.UNAUTHORIZED, "invalid_token", "The token is not valid.",
				"Bearer realm=\"latchkey\", error=\"invalid_token\", error_description=\"The token is not valid\"");
	}

	static OAuthRefusal insufficientScope(String scope) {
		return new OAuthRefusal(HttpStatus.FORBIDDEN, "insufficient_scope",
				"The token lacks the scope %s.".formatted(scope),
				"Bearer realm=\"latchkey\", error=\"insufficient_scope\", scope=\"%s\"".formatted(scope));
	}

	/** The same with another status. */
	OAuthRefusal as(HttpStatus other) {
		return new OAuthRefusal(other, this.error, String.valueOf(getMessage()), this.challenge);
	}

	String error() {
		return this.error;
	}

	HttpStatus status() {
		return this.status;
	}

	/**
	 * Returns what stands in {@code WWW-Authenticate}, or null for nothing.
	 */
	@Nullable String challenge() {
		return this.challenge;
	}

}
