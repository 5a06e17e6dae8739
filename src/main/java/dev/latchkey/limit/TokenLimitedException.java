package dev.latchkey.limit;

import java.time.Duration;
import java.time.Instant;

import dev.latchkey.problem.TooManyException;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;

/**
 * Ends a request with a good token that has been used too often in this minute.
 */
public class TokenLimitedException extends TooManyException {

	private static final long serialVersionUID = 1L;

	private final transient RateLimit limit;

	private final @Nullable Instant tokenEnd;

	TokenLimitedException(RateLimit limit) {
		this(limit, null);
	}

	private TokenLimitedException(RateLimit limit, @Nullable Instant tokenEnd) {
		super("Too many requests with this token", Duration.ofSeconds(limit.seconds()));
		this.limit = limit;
		this.tokenEnd = tokenEnd;
	}

	/**
	 * Returns the same of a token that ends then; null is never.
	 */
	public TokenLimitedException endingAt(@Nullable Instant end) {
		return new TokenLimitedException(this.limit, end);
	}

	/**
	 * Returns when the token ends, or null where it does not or nobody has said.
	 */
	public @Nullable Instant tokenEnd() {
		return this.tokenEnd;
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
