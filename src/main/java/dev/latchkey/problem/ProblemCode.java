package dev.latchkey.problem;

import java.net.URI;
import java.util.Locale;

import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;

/**
 * The stable codes of refusals; a client may branch on them.
 */
public enum ProblemCode {

	/** The body cannot be read as what the route takes. */
	MALFORMED_REQUEST(HttpStatus.BAD_REQUEST, "Malformed request"),

	/** The credentials are not written as RFC 6750 wants them. */
	INVALID_REQUEST(HttpStatus.BAD_REQUEST, "Invalid request"),

	/** Nobody has signed in. */
	AUTHENTICATION_REQUIRED(HttpStatus.UNAUTHORIZED, "Authentication required"),

	/** The token is not good; outside, no reason is given. */
	INVALID_TOKEN(HttpStatus.UNAUTHORIZED, "Invalid token"),

	/** The token lacks a scope. */
	INSUFFICIENT_SCOPE(HttpStatus.FORBIDDEN, "Insufficient scope"),

	/** The token is bound to other services than the one that asks. */
	WRONG_RESOURCE(HttpStatus.FORBIDDEN, "Wrong resource"),

	/** The account lacks a role, or the request does not come from where it says. */
	FORBIDDEN(HttpStatus.FORBIDDEN, "Forbidden"),

	/** There is no such thing, or it is somebody else's. */
	NOT_FOUND(HttpStatus.NOT_FOUND, "Not found"),

	/** The route does not have this method. */
	METHOD_NOT_ALLOWED(HttpStatus.METHOD_NOT_ALLOWED, "Method not allowed"),

	/** The route cannot answer in the wanted form. */
	NOT_ACCEPTABLE(HttpStatus.NOT_ACCEPTABLE, "Not acceptable"),

	/** Somebody else has rotated the token before. */
	ALREADY_ROTATED(HttpStatus.CONFLICT, "Already rotated"),

	/** The token's life has ended, so it cannot be changed any more. */
	TOKEN_NOT_ACTIVE(HttpStatus.CONFLICT, "Token not active"),

	/** Nobody would be left to administer the server. */
	LAST_ADMIN(HttpStatus.CONFLICT, "Last administrator"),

	/** The client was disabled, so that nothing of it can be renewed. */
	CLIENT_DISABLED(HttpStatus.CONFLICT, "Client disabled"),

	/** The account has as many living tokens as it may have. */
	QUOTA_EXCEEDED(HttpStatus.CONFLICT, "Quota exceeded"),

	/** Somebody else has it, or somebody holds it. */
	IN_USE(HttpStatus.CONFLICT, "In use"),

	/** The settings declare it, and nobody else changes it. */
	MANAGED_BY_SETTINGS(HttpStatus.CONFLICT, "Managed by settings"),

	/** The body is larger than the server reads. */
	PAYLOAD_TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE, "Payload too large"),

	/** The body's media type is not one the route reads. */
	UNSUPPORTED_MEDIA_TYPE(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "Unsupported media type"),

	/** The request was sent to a name that is none of this server's. */
	MISDIRECTED_REQUEST(HttpStatus.MISDIRECTED_REQUEST, "Misdirected request"),

	/** The request can be read but not be accepted. */
	VALIDATION_FAILED(HttpStatus.UNPROCESSABLE_CONTENT, "Validation failed"),

	/** There were too many requests. */
	RATE_LIMITED(HttpStatus.TOO_MANY_REQUESTS, "Too many requests"),

	/** The server has failed. */
	INTERNAL_ERROR(HttpStatus.INTERNAL_SERVER_ERROR, "Internal error"),

	/** The server does not have this method, or this coding of a body, at any address. */
	NOT_IMPLEMENTED(HttpStatus.NOT_IMPLEMENTED, "Not implemented"),

	/** The database cannot be reached, or others were in the way each time. */
	UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "Unavailable");

	private final HttpStatus status;

	private final String title;

	private final String value;

	private final URI type;

	ProblemCode(HttpStatus status, String title) {
		this.status = status;
		this.title = title;
		this.value = name().toLowerCase(Locale.ROOT);
		this.type = URI.create("urn:latchkey:problem:" + this.value);
	}

	/**
	 * Returns the code that says what a status alone can say.
	 */
	static ProblemCode of(HttpStatusCode status) {
		return switch (status.value()) {
			case 401 -> AUTHENTICATION_REQUIRED;
			case 403 -> FORBIDDEN;
			case 404 -> NOT_FOUND;
			case 405 -> METHOD_NOT_ALLOWED;
			case 406 -> NOT_ACCEPTABLE;
			case 413 -> PAYLOAD_TOO_LARGE;
			case 415 -> UNSUPPORTED_MEDIA_TYPE;
			case 421 -> MISDIRECTED_REQUEST;
			case 429 -> RATE_LIMITED;
			case 501 -> NOT_IMPLEMENTED;
			case 503 -> UNAVAILABLE;
			// A version of HTTP that there is not.
			case 505 -> MALFORMED_REQUEST;
			default -> status.is4xxClientError() ? MALFORMED_REQUEST : INTERNAL_ERROR;
		};
	}

	/**
	 * Returns the status that the answer has.
	 */
	public HttpStatus status() {
		return this.status;
	}

	/**
	 * Returns the code as it stands in the body, in lower case.
	 */
	public String value() {
		return this.value;
	}

	/**
	 * Returns the code in words.
	 */
	public String title() {
		return this.title;
	}

	/**
	 * Returns the {@code type} of a body with this code.
	 */
	public URI type() {
		return this.type;
	}

}
