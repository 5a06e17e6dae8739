package dev.latchkey.value;

import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * Whole numbers from queries and forms: ASCII digits and nothing else.
 */
public final class Numbers {

	/** So many digits always fit. */
	private static final Pattern FORM = Pattern.compile("[0-9]{1,9}");

	private Numbers() {
	}

	/**
	 * Reads a whole number from 0 to 999,999,999, or returns empty if it is none.
	 */
	public static OptionalInt parse(String given) {
		return FORM.matcher(given).matches() ? OptionalInt.of(Integer.parseInt(given)) : OptionalInt.empty();
	}

}
