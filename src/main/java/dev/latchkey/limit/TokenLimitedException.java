package dev.latchkey.limit;

import java.time.Duration;

import dev.latchkey.problem.TooManyException;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpHeaders;

/**
 * Ends a request with a good token that has been used too often in this minute.
 */
public class TokenLimitedException extends TooManyException {

	private static final long serialVersionUID = 1L;

	private final transient RateLimit limit;

	TokenLimitedException(RateLimit limit) {
		super("Too many requests with this token", Duration.ofSeconds(limit.seconds()));
		this.limit = limit;
	}

	/**
	 * Sets the headers that go with the answer.
	 */
	public void writeTo(HttpServletResponse response) {
		response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(retryAfter()));
		this.limit.writeTo(response);
	}

	/** A flood of them costs no walks through the stack. */
	@Override
	public Throwable fillInStackTrace() {
		return this;
	}

}
