package dev.latchkey.token;

import com.fasterxml.jackson.annotation.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * A whole token, secret included, whose form is right; it never prints itself.
 */
public final class RawToken {

	private static final int HINT_TAIL = 4;

	private final String value;

	private final TokenKind kind;

	private final @Nullable Long number;

	RawToken(String value, TokenKind kind) {
		this(value, kind, null);
	}

	private RawToken(String value, TokenKind kind, @Nullable Long number) {
		this.value = value;
		this.kind = kind;
		this.number = number;
	}

	/**
	 * Returns a token that another system gave out.
	 * @param secret what its digest is made of
	 * @param number what stands before that, or null for nothing
	 */
	static RawToken foreign(String secret, @Nullable Long number) {
		return new RawToken(secret, TokenKind.PERSONAL, number);
	}

	/**
	 * Returns the token as its holder sends it. Only the answer that shows it once, and
	 * the digest, may ask.
	 */
	@JsonValue
	public String reveal() {
		return this.value;
	}

	public TokenKind kind() {
		return this.kind;
	}

	/**
	 * Returns the number that stands before it, which its row must have, or null where
	 * none does.
	 */
	public @Nullable Long number() {
		return this.number;
	}

	/**
	 * Returns the prefix and the last 4 characters, by which people recognise a token.
	 */
	public String hint() {
		return this.value.substring(0, this.value.indexOf('_') + 1) + "…"
				+ this.value.substring(this.value.length() - HINT_TAIL);
	}

	@Override
	public String toString() {
		return "RawToken[****]";
	}

}
