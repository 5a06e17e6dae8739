package dev.latchkey.logging;

import java.util.regex.Pattern;

/**
 * Blanks whatever could be a credential in a line of text.
 * <p>
 * Nothing should print a token in the first place. This is the last line of defence, for
 * libraries that print what a client sent. It therefore errs on the side of masking too
 * much: a token that was cut, lengthened or mistyped is still most of a secret.
 */
final class SecretMask {

	/**
	 * What hangs on the end of a token: another one, whose prefix was taken for the end
	 * of the first.
	 */
	private static final String GLUED = "[0-9A-Za-z_%]*+";

	/**
	 * A token of any company's prefix. Ends with a run far shorter than a token's 49
	 * characters, and far longer than what follows an underscore in a usual name.
	 */
	private static final Pattern TOKEN = Pattern.compile("([a-z0-9]{1,10}[por])(?:_|%5[Ff])[0-9A-Za-z]{24,}+" + GLUED);

	/**
	 * The default prefix is no word, so a few characters are enough. The four of a hint
	 * stay readable.
	 */
	private static final Pattern DEFAULT_TOKEN = Pattern.compile("(lk[por])(?:_|%5[Ff])[0-9A-Za-z]{5,}+" + GLUED);

	/**
	 * A token of Sanctum's, with the number of its row before it. The numbers are
	 * bounded, so that a line of digits is looked at once.
	 */
	private static final Pattern NUMBERED_TOKEN = Pattern
		.compile("(?<![0-9])([0-9]{1,18})(?:\\||%7[Cc])[0-9A-Za-z_]{24,}+");

	/**
	 * What follows the name of a scheme, up to white space or the quote that closes it;
	 * the backslash of an escaped quote is left, or a line of JSON would not be one. Only
	 * single characters are repeated: repeated groups overflow the stack on a long line.
	 * Of two names in a row, the second is the scheme. In JSON a line break before the
	 * name and a tab after it are written by a letter.
	 */
	private static final Pattern CREDENTIALS = Pattern.compile(
			"(?:\\b|(?<=\\\\[bfnrt]))(bearer|basic)(?:%20|\\\\t|[+\\h])[+\\h]*+"
					+ "(?!(?:bearer|basic)(?:%20|\\\\t|[+\\h]))(?:\\\\?[\"'])?[^\\s\"]*[^\\s\"\\\\]",
			Pattern.CASE_INSENSITIVE);

	private SecretMask() {
	}

	/**
	 * Blanks every credential.
	 * @param line what would be written
	 * @return the masked line
	 */
	static String apply(String line) {
		if (!mayHoldSecret(line)) {
			return line;
		}
		String masked = TOKEN.matcher(line).replaceAll("$1_****");
		masked = DEFAULT_TOKEN.matcher(masked).replaceAll("$1_****");
		masked = NUMBERED_TOKEN.matcher(masked).replaceAll("$1|****");
		masked = CREDENTIALS.matcher(masked).replaceAll("$1 ****");
		return masked;
	}

	// Most lines end here, after one look at each character.
	private static boolean mayHoldSecret(String line) {
		for (int i = 0; i < line.length(); i++) {
			char c = line.charAt(i);
			if (c == '_' || c == '%' || c == '|') {
				return true;
			}
			if ((c == 'b' || c == 'B') && (line.regionMatches(true, i + 1, "earer", 0, 5)
					|| line.regionMatches(true, i + 1, "asic", 0, 4))) {
				return true;
			}
		}
		return false;
	}

}
