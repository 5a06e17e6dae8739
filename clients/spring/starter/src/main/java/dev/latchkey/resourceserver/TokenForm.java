package dev.latchkey.resourceserver;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * What raw tokens look like: {@code <prefix>_<43 digits><6 digits of checksum>}, digits
 * of base 62, and the prefix's last letter says the kind.
 */
final class TokenForm {

	private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

	private static final int SECRET = 43;

	private static final int CHECKSUM = 6;

	/** The kind's letter of refresh tokens. */
	private static final char REFRESH = 'r';

	/** The company's part has at most ten characters, and the kind's letter follows. */
	private static final int LONGEST_PREFIX = 11;

	/** Of the header; Latchkey reads no more either. */
	private static final int LONGEST = 512;

	/** Likewise, of signed tokens. */
	private static final int LONGEST_OTHER = 8_192;

	private TokenForm() {
	}

	/**
	 * Returns whether that can be a token that opens something: a refresh token opens
	 * nothing. Nobody knows Latchkey's prefix here, and what has another one is a key
	 * that it may have taken in, however much it looks like a token with a wrong
	 * checksum.
	 * @param others whether there are tokens of another form too
	 */
	static boolean isGood(String candidate, boolean others) {
		if (hasForm(candidate)) {
			return candidate.charAt(candidate.indexOf('_') - 1) != REFRESH;
		}
		return others && !candidate.isEmpty() && candidate.length() <= longest(true);
	}

	private static boolean hasForm(String candidate) {
		int end = candidate.indexOf('_');
		return end >= 2 && end <= LONGEST_PREFIX && candidate.length() == end + 1 + SECRET + CHECKSUM
				&& hasPrefix(candidate, end) && hasDigits(candidate, end + 1) && isChecked(candidate);
	}

	/**
	 * Returns how long it may be.
	 * @param others whether there are tokens of another form too
	 */
	static int longest(boolean others) {
		return others ? LONGEST_OTHER : LONGEST;
	}

	private static boolean hasPrefix(String candidate, int end) {
		for (int i = 0; i < end - 1; i++) {
			char c = candidate.charAt(i);
			if ((c < 'a' || c > 'z') && (c < '0' || c > '9')) {
				return false;
			}
		}
		char kind = candidate.charAt(end - 1);
		return kind == 'p' || kind == 'o' || kind == REFRESH;
	}

	private static boolean hasDigits(String candidate, int start) {
		for (int i = start; i < candidate.length(); i++) {
			char c = candidate.charAt(i);
			if ((c < '0' || c > '9') && (c < 'A' || c > 'Z') && (c < 'a' || c > 'z')) {
				return false;
			}
		}
		return true;
	}

	private static boolean isChecked(String candidate) {
		int end = candidate.length() - CHECKSUM;
		return candidate.endsWith(checksum(candidate.substring(0, end)));
	}

	/**
	 * Returns the checksum of all that precedes it: its CRC-32.
	 */
	static String checksum(String body) {
		CRC32 crc = new CRC32();
		crc.update(body.getBytes(StandardCharsets.US_ASCII));
		char[] digits = new char[CHECKSUM];
		long rest = crc.getValue();
		for (int i = CHECKSUM - 1; i >= 0; i--) {
			digits[i] = DIGITS.charAt((int) (rest % DIGITS.length()));
			rest /= DIGITS.length();
		}
		return new String(digits);
	}

}
