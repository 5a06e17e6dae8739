package dev.latchkey.token;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Optional;

import dev.latchkey.value.Base62;
import dev.latchkey.value.Texts;
import dev.latchkey.value.TokenForm;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Writes and reads the raw form {@code <prefix>_<secret><checksum>}: a secret of 256 bits
 * as 43 base62 digits, then the CRC-32 of all that precedes it as 6. The checksum lets a
 * mistyped or invented token be refused without a hash and without a query, and secret
 * scanners tell a token from a look-alike; it protects nothing else.
 */
@Component
public class TokenFormat {

	private static final int SECRET_BITS = 256;

	private final SecureRandom random = new SecureRandom();

	/** The company part, the kind's letter comes after it. */
	private final String stem;

	private final int length;

	TokenFormat(TokenProperties properties) {
		this.stem = properties.prefix();
		this.length = this.stem.length() + 2 + TokenForm.SECRET_DIGITS + TokenForm.CHECKSUM_DIGITS;
	}

	/**
	 * Returns a new token with 256 bits from the system's secure generator.
	 */
	public RawToken generate(TokenKind kind) {
		BigInteger secret = new BigInteger(SECRET_BITS, this.random);
		String body = this.stem + kind.letter() + '_' + Base62.encode(secret, TokenForm.SECRET_DIGITS);
		return new RawToken(body + TokenForm.checksum(body), kind);
	}

	/**
	 * Returns the token if prefix, length, alphabet and checksum are right; sends no
	 * query.
	 */
	public Optional<RawToken> parse(String candidate) {
		return (fault(candidate) == null) ? Optional.of(new RawToken(candidate, kind(candidate))) : Optional.empty();
	}

	/**
	 * Returns the token that somebody copied from where it was found: blanks around it do
	 * not count.
	 */
	public Optional<RawToken> parseCopied(String text) {
		return parse(Texts.strip(text));
	}

	/**
	 * Returns what is wrong with the form in words for its holder, or empty if it is
	 * right.
	 */
	public Optional<String> explain(String candidate) {
		Fault fault = fault(candidate);
		return (fault != null) ? Optional.of(fault.reason) : Optional.empty();
	}

	private @Nullable Fault fault(String candidate) {
		if (!hasPrefix(candidate)) {
			return Fault.PREFIX;
		}
		if (candidate.length() != this.length) {
			return Fault.LENGTH;
		}
		for (int i = this.stem.length() + 2; i < this.length; i++) {
			if (!Base62.isDigit(candidate.charAt(i))) {
				return Fault.ALPHABET;
			}
		}
		int end = this.length - TokenForm.CHECKSUM_DIGITS;
		return candidate.endsWith(TokenForm.checksum(candidate.substring(0, end))) ? null : Fault.CHECKSUM;
	}

	boolean hasPrefix(String candidate) {
		int stemLength = this.stem.length();
		if (candidate.length() < stemLength + 2 || !candidate.startsWith(this.stem)
				|| candidate.charAt(stemLength + 1) != '_') {
			return false;
		}
		char letter = candidate.charAt(stemLength);
		for (TokenKind kind : TokenKind.values()) {
			if (kind.letter() == letter) {
				return true;
			}
		}
		return false;
	}

	private TokenKind kind(String token) {
		return TokenKind.of(token.charAt(this.stem.length()));
	}

	private enum Fault {

		PREFIX("the prefix is not one of this server's"),

		LENGTH("the length is wrong: part of it is missing, or something was added"),

		ALPHABET("there is a character in it that no token has"),

		CHECKSUM("the checksum is wrong: a character was changed");

		private final String reason;

		Fault(String reason) {
			this.reason = reason;
		}

	}

}
