package dev.latchkey.resourceserver.spring;

import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The path of a request as it is said back. A token gets there by a slip, and is told
 * from a name by its form alone: what is said back is shorter than every token, or an id,
 * or made of plain words.
 */
final class ShownPath {

	private static final String HIDDEN = "****";

	/** The shortest token has as many characters. */
	private static final Pattern LONG_SEGMENT = Pattern.compile("[^/]{20,}");

	private static final Pattern ID = Pattern
		.compile("\\p{XDigit}{8}-\\p{XDigit}{4}-\\p{XDigit}{4}-\\p{XDigit}{4}-\\p{XDigit}{12}");

	/** Without digits and without capitals, which what a machine draws always has. */
	private static final Pattern WORDS = Pattern.compile("[a-z]{1,14}(?:[_.-][a-z]{1,14})+");

	private static final int LONGEST_WORDS = 40;

	private ShownPath() {
	}

	/**
	 * Returns the path with {@code ****} for each part that may be a token.
	 */
	static String of(String path) {
		return LONG_SEGMENT.matcher(path).replaceAll((MatchResult segment) -> shown(segment.group()));
	}

	private static String shown(String segment) {
		boolean harmless = ID.matcher(segment).matches()
				|| (segment.length() <= LONGEST_WORDS && WORDS.matcher(segment).matches());
		return harmless ? segment : HIDDEN;
	}

}
