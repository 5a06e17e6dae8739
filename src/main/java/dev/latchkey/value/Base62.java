package dev.latchkey.value;

import java.math.BigInteger;

/**
 * Numbers in the digits {@code 0-9A-Za-z}, most significant first, padded on the left.
 */
public final class Base62 {

	private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

	/**
	 * A look-up a character; three comparisons of ranges are mispredicted half the time.
	 */
	private static final boolean[] IS_DIGIT = new boolean[128];

	static {
		DIGITS.chars().forEach((digit) -> IS_DIGIT[digit] = true);
	}

	private static final BigInteger BASE = BigInteger.valueOf(DIGITS.length());

	private Base62() {
	}

	/**
	 * Writes a number with so many digits.
	 * @throws IllegalArgumentException if it does not fit
	 */
	public static String encode(BigInteger number, int width) {
		char[] digits = new char[width];
		BigInteger rest = number;
		for (int i = width - 1; i >= 0; i--) {
			BigInteger[] division = rest.divideAndRemainder(BASE);
			digits[i] = DIGITS.charAt(division[1].intValue());
			rest = division[0];
		}
		if (rest.signum() != 0) {
			throw new IllegalArgumentException("The number does not fit into %d digits".formatted(width));
		}
		return new String(digits);
	}

	/**
	 * Writes a number that fits into the width; a {@code char} array keeps the hot path
	 * free of big numbers.
	 */
	public static void encode(long number, char[] target, int offset, int width) {
		long rest = number;
		for (int i = offset + width - 1; i >= offset; i--) {
			target[i] = DIGITS.charAt((int) (rest % DIGITS.length()));
			rest /= DIGITS.length();
		}
	}

	/**
	 * Returns whether the character is one of the digits.
	 */
	public static boolean isDigit(char candidate) {
		return candidate < IS_DIGIT.length && IS_DIGIT[candidate];
	}

}
