package dev.latchkey.token;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The forms in which the digests of tokens are at rest.
 *
 * @param number the number of the pepper that is set, or null for none
 * @param writes with which one new tokens are written, or null for none
 * @param read with which ones tokens may be kept
 * @param plain whether they may be kept with none
 */
record DigestForms(@Nullable Integer number, @Nullable NumberedPepper writes, List<NumberedPepper> read,
		boolean plain) {

	TokenDigest write(TokenDigest digest) {
		return (this.writes != null) ? this.writes.seal(digest) : digest;
	}

	/** Whether new tokens are written with the pepper that is set. */
	boolean hasBegun() {
		return this.writes != null && this.number != null && this.writes.number() == this.number;
	}

	/** A pepper under its number. */
	record NumberedPepper(Pepper pepper, int number) {

		TokenDigest seal(TokenDigest digest) {
			return this.pepper.seal(this.number, digest);
		}

	}

}
