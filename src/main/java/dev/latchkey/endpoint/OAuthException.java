package dev.latchkey.endpoint;

import dev.latchkey.problem.TooManyException;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;

/**
 * Ends a request with an error of RFC 6749 section 5.2. It has no stack trace: being
 * refused is no failure of the server's.
 */
public class OAuthException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String error;

	private final HttpStatus status;

	private final @Nullable String challenge;

	private final long retryAfter;

	private final @Nullable String remedy;

	/**
	 * Refuses a request with status 400.
	 * @param error one of the codes of RFC 6749 section 5.2 or an extension of it
	 * @param description what is wrong, for a developer to read
	 */
	public OAuthException(String error, String description) {
		this(HttpStatus.BAD_REQUEST, error, description, null, 0);
	}

	private OAuthException(HttpStatus status, String error, String description, @Nullable String challenge,
			long retryAfter) {
		this(status, error, description, challenge, retryAfter, null);
	}

	private OAuthException(HttpStatus status, String error, String description, @Nullable String challenge,
			long retryAfter, @Nullable String remedy) {
		super(description, null, false, false);
		this.status = status;
		this.error = error;
		this.challenge = challenge;
		this.retryAfter = retryAfter;
		this.remedy = remedy;
	}

	/**
	 * Refuses a request that is not well-formed.
	 */
	public static OAuthException invalidRequest(String description) {
		return new OAuthException("invalid_request", description);
	}

	/**
	 * Refuses a client that does not prove who it is.
	 */
	public static OAuthException invalidClient() {
		return new OAuthException(HttpStatus.UNAUTHORIZED, "invalid_client",
				"The client is not known by these credentials.", "Basic realm=\"latchkey\"", 0);
	}

	/**
	 * Refuses a caller whose token is not good.
	 */
	public static OAuthException invalidToken() {
		return new OAuthException(HttpStatus.UNAUTHORIZED, "invalid_token", "The token is not valid.",
				"Bearer realm=\"latchkey\", error=\"invalid_token\", error_description=\"The token is not valid\"", 0);
	}

	/**
	 * Refuses a caller whose token lacks a scope.
	 * @param remedy where its owner gets one that has it, or null
	 */
	public static OAuthException insufficientScope(String scope, @Nullable String remedy) {
		return new OAuthException(HttpStatus.FORBIDDEN, "insufficient_scope",
				"The token lacks the scope %s.".formatted(scope),
				"Bearer realm=\"latchkey\", error=\"insufficient_scope\", scope=\"%s\"".formatted(scope), 0, remedy);
	}

	/**
	 * Refuses a request that is one too many. RFC 6749 has no code for that, so it is the
	 * same as everywhere.
	 */
	public static OAuthException tooMany(TooManyException refusal) {
		return new OAuthException(refusal.code().status(), refusal.code().value(), String.valueOf(refusal.getMessage()),
				null, refusal.retryAfter());
	}

	/**
	 * Returns the same with another status.
	 */
	public OAuthException as(HttpStatus other) {
		return new OAuthException(other, this.error, String.valueOf(getMessage()), this.challenge, this.retryAfter,
				this.remedy);
	}

	/**
	 * Returns the seconds to wait, as they stand in {@code Retry-After}, or 0 for none.
	 */
	public long retryAfter() {
		return this.retryAfter;
	}

	/**
	 * Returns the code of the error.
	 */
	public String error() {
		return this.error;
	}

	/**
	 * Returns the status of the response.
	 */
	public HttpStatus status() {
		return this.status;
	}

	/**
	 * Returns where somebody gets a token that is not refused, or null.
	 */
	public @Nullable String remedy() {
		return this.remedy;
	}

	/**
	 * Returns what stands in {@code WWW-Authenticate}, or null for nothing.
	 */
	public @Nullable String challenge() {
		return this.challenge;
	}

}
