package dev.latchkey.token;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

import dev.latchkey.value.Sha256;
import dev.latchkey.value.Texts;
import org.jspecify.annotations.Nullable;

/**
 * The SHA-256 of a whole raw token: what is kept of it, and what it is looked up by. A
 * secret of 256 random bits needs no slow hash (NIST SP 800-63B-4 section 3.1.2, look-up
 * secrets). In a row it may stand in another form, sealed with a pepper.
 */
public final class TokenDigest {

	private static final int BYTES = 32;

	/** The 32 bytes, or the number of a pepper and the 32 bytes of the HMAC. */
	private final byte[] bytes;

	private TokenDigest(byte[] bytes) {
		this.bytes = bytes;
	}

	/**
	 * Returns the form that stands in the row of a token.
	 * @param number which pepper it was sealed with
	 */
	static TokenDigest keyed(int number, byte[] hmac) {
		byte[] both = new byte[1 + BYTES];
		both[0] = (byte) number;
		System.arraycopy(hmac, 0, both, 1, BYTES);
		return new TokenDigest(both);
	}

	/**
	 * Returns whether this is sealed with a pepper, so that the SHA-256 is not known.
	 */
	boolean isKeyed() {
		return this.bytes.length > BYTES;
	}

	/**
	 * Returns the digest of the token.
	 */
	public static TokenDigest of(RawToken token) {
		return of(token.reveal());
	}

	/**
	 * Returns the digest of any text, a client's secret for example.
	 */
	public static TokenDigest of(String secret) {
		return new TokenDigest(Sha256.of(secret));
	}

	/**
	 * Reads 64 hexadecimal digits, in either case; blanks around them do not count.
	 */
	public static Optional<TokenDigest> parse(String text) {
		String hex = Texts.strip(text);
		try {
			return (hex.length() == 2 * BYTES) ? Optional.of(new TokenDigest(HexFormat.of().parseHex(hex)))
					: Optional.empty();
		}
		catch (IllegalArgumentException ex) {
			return Optional.empty();
		}
	}

	/**
	 * Returns the bytes as they came from the database.
	 */
	public static TokenDigest ofBytes(byte[] bytes) {
		return new TokenDigest(bytes.clone());
	}

	/**
	 * Returns a copy of the bytes.
	 */
	public byte[] bytes() {
		return this.bytes.clone();
	}

	/**
	 * Compares as fast as it can: nobody can steer the digest of what he presents, so
	 * that the time tells nothing. It decides look-ups in memory.
	 */
	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof TokenDigest that && Arrays.equals(this.bytes, that.bytes);
	}

	/** The digest is uniform already, so that any of its bits will do. */
	@Override
	public int hashCode() {
		return (this.bytes[BYTES - 4] << 24) | ((this.bytes[BYTES - 3] & 0xFF) << 16)
				| ((this.bytes[BYTES - 2] & 0xFF) << 8) | (this.bytes[BYTES - 1] & 0xFF);
	}

	@Override
	public String toString() {
		return "TokenDigest[****]";
	}

}
