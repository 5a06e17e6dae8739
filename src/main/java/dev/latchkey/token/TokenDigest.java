package dev.latchkey.token;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

import dev.latchkey.value.Sha256;
import dev.latchkey.value.Texts;
import org.jspecify.annotations.Nullable;

/**
 * The SHA-256 of a whole raw token: what is kept of it, and what it is looked up by. A
 * secret of 256 random bits needs no slow hash (NIST SP 800-63B-4 section 3.1.2, look-up
 * secrets).
 */
public final class TokenDigest {

	private static final int BYTES = 32;

	private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

	private final byte[] sha256;

	private TokenDigest(byte[] sha256) {
		this.sha256 = sha256;
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
	 * Returns the 32 bytes as they came from the database.
	 */
	public static TokenDigest ofBytes(byte[] sha256) {
		return new TokenDigest(sha256.clone());
	}

	/**
	 * Returns a copy of the 32 bytes.
	 */
	public byte[] bytes() {
		return this.sha256.clone();
	}

	/**
	 * Compares as fast as it can: nobody can steer the digest of what he presents, so
	 * that the time tells nothing. It decides look-ups in memory.
	 */
	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof TokenDigest that && Arrays.equals(this.sha256, that.sha256);
	}

	/** The digest is uniform already, so that any of its bits will do. */
	@Override
	public int hashCode() {
		return Long.hashCode((long) LONGS.get(this.sha256, 0));
	}

	@Override
	public String toString() {
		return "TokenDigest[****]";
	}

}
