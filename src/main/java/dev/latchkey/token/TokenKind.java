package dev.latchkey.token;

/**
 * What a token is for; the last letter of its prefix says it.
 */
public enum TokenKind {

	/** A personal access token. */
	PERSONAL('p'),

	/** An access token from an OAuth flow. */
	ACCESS('o'),

	/** A refresh token: buys access tokens, opens no route. */
	REFRESH('r');

	private final char letter;

	TokenKind(char letter) {
		this.letter = letter;
	}

	/**
	 * Returns the letter that stands last in the prefix.
	 */
	public char letter() {
		return this.letter;
	}

	/**
	 * Returns the kind whose letter this is.
	 */
	public static TokenKind of(char letter) {
		for (TokenKind kind : values()) {
			if (kind.letter == letter) {
				return kind;
			}
		}
		throw new IllegalArgumentException("No kind of token has the letter '%s'".formatted(letter));
	}

}
