package dev.latchkey.resourceserver;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

import org.jspecify.annotations.Nullable;

/**
 * Under what an answer is kept: the SHA-256 of the token, and the address where the
 * answer holds for that alone. No token is kept.
 *
 * @param first the digest's first quarter
 * @param second its second
 * @param third its third
 * @param fourth its last
 * @param address the address, or nothing
 */
record TokenKey(long first, long second, long third, long fourth, String address) {

	private static final String ANY = "";

	/** Copied for each token: looking for one by name goes through the providers. */
	private static final MessageDigest SHA_256 = sha256();

	static TokenKey of(String token) {
		ByteBuffer digest = ByteBuffer.wrap(copy().digest(token.getBytes(StandardCharsets.UTF_8)));
		return new TokenKey(digest.getLong(), digest.getLong(), digest.getLong(), digest.getLong(), ANY);
	}

	TokenKey at(String bound) {
		return new TokenKey(this.first, this.second, this.third, this.fourth, bound);
	}

	/** A digest is spread enough. */
	@Override
	public int hashCode() {
		return (int) this.first ^ this.address.hashCode();
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof TokenKey key && this.first == key.first && this.second == key.second
				&& this.third == key.third && this.fourth == key.fourth && this.address.equals(key.address);
	}

	private static MessageDigest copy() {
		try {
			return (MessageDigest) SHA_256.clone();
		}
		catch (CloneNotSupportedException ex) {
			return sha256();
		}
	}

	private static MessageDigest sha256() {
		try {
			return MessageDigest.getInstance("SHA-256");
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
