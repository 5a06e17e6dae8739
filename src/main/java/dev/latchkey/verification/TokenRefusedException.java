package dev.latchkey.verification;

import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * Says that a token is not good, and why. It has no stack trace: a flood of bad tokens
 * costs no walks through the stack.
 */
public class TokenRefusedException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final RefusalReason reason;

	private final @Nullable UUID tokenId;

	private final @Nullable UUID ownerId;

	TokenRefusedException(RefusalReason reason) {
		this(reason, null, null);
	}

	TokenRefusedException(RefusalReason reason, @Nullable UUID tokenId, @Nullable UUID ownerId) {
		super(reason.value(), null, false, false);
		this.reason = reason;
		this.tokenId = tokenId;
		this.ownerId = ownerId;
	}

	public RefusalReason reason() {
		return this.reason;
	}

	/**
	 * Returns the token, or null where there is none.
	 */
	public @Nullable UUID tokenId() {
		return this.tokenId;
	}

	/**
	 * Returns the account that the token acts for, or null where there is none.
	 */
	public @Nullable UUID ownerId() {
		return this.ownerId;
	}

}
