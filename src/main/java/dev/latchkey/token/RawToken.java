package dev.latchkey.token;

import com.fasterxml.jackson.annotation.JsonValue;

/**
 * A whole token, secret included, whose form is right; it never prints itself.
 */
public final class RawToken {

	private static final int HINT_TAIL = 4;

	private final String value;

	private final TokenKind kind;

	RawToken(String value, TokenKind kind) {
		this.value = value;
		this.kind = kind;
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
