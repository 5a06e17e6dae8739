package dev.latchkey.value;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * What raw tokens look like, whatever company's prefix they have: a text that holds one
 * is a secret, and is neither kept, nor shown, nor repeated.
 */
public final class TokenForm {

	/** How many characters of the secret follow the prefix. */
	public static final int SECRET_DIGITS = 43;

	/** How many characters of the checksum follow the secret. */
	public static final int CHECKSUM_DIGITS = 6;

	/** The company's part has at most ten characters, and the kind's letter follows. */
	private static final int LONGEST_PREFIX = 11;

	private static final Pattern SECRET = Pattern
		.compile("(?<=[a-z0-9][por])_(?=[0-9A-Za-z]{%d})".formatted(SECRET_DIGITS + CHECKSUM_DIGITS));

	/**
	 * Also what was cut, lengthened or mistyped is still most of a secret; so is what
	 * hangs on its end, of which the beginning may have been taken for the first one's.
	 */
	private static final Pattern LOOKS_LIKE_ONE = Pattern
		.compile("([a-z0-9]{1,10}[por])_[0-9A-Za-z]{24,}+[0-9A-Za-z_]*+");

	private TokenForm() {
	}

	/**
	 * Returns the checksum of all that precedes it in a token: its CRC-32.
	 */
	public static String checksum(String body) {
		CRC32 crc = new CRC32();
		crc.update(body.getBytes(StandardCharsets.US_ASCII));
		char[] digits = new char[CHECKSUM_DIGITS];
		Base62.encode(crc.getValue(), digits, 0, CHECKSUM_DIGITS);
		return new String(digits);
	}

	/**
	 * Returns whether there is a token in the text, with whatever around it, whose
	 * checksum is right.
	 */
	public static boolean isIn(String text) {
		Matcher secret = SECRET.matcher(text);
		while (secret.find()) {
			int end = secret.end() + SECRET_DIGITS;
			String checksum = text.substring(end, end + CHECKSUM_DIGITS);
			for (int start = secret.start() - 2; start >= Math.max(0, secret.start() - LONGEST_PREFIX); start--) {
				if (checksum(text.substring(start, end)).equals(checksum)) {
					return true;
				}
			}
		}
		return false;
	}

	/**
	 * Returns the text without what looks like a token.
	 */
	public static String masked(String text) {
		return LOOKS_LIKE_ONE.matcher(text).replaceAll("$1_****");
	}

}
