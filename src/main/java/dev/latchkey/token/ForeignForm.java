package dev.latchkey.token;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The raw forms of tokens that other systems gave out: Sanctum's, with the number of its
 * row before it ({@code 12|secret}), and any other of which one cannot say more than that
 * it is long and may stand behind {@code Bearer}.
 */
final class ForeignForm {

	private static final int MIN = 20;

	private static final int MAX = 255;

	/** RFC 9110 section 11.2. */
	private static final Pattern PLAIN = Pattern.compile("[0-9A-Za-z._~+/-]+=*");

	/** No row has a number with more digits. */
	private static final Pattern NUMBERED = Pattern.compile("([0-9]{1,18})\\|([0-9A-Za-z._~+/-]+=*)");

	private ForeignForm() {
	}

	/**
	 * Returns whether that is a token with a number before it, whether it exists or not.
	 */
	static boolean isNumbered(String candidate) {
		return candidate.length() <= MAX && candidate.indexOf('|') > 0 && NUMBERED.matcher(candidate).matches();
	}

	/**
	 * Returns the token, with its number where one stands before it, if it has one of the
	 * forms.
	 */
	static Optional<RawToken> parse(String candidate) {
		if (candidate.length() > MAX) {
			return Optional.empty();
		}
		Matcher numbered = NUMBERED.matcher(candidate);
		if (numbered.matches()) {
			return Optional.of(RawToken.foreign(numbered.group(2), Long.valueOf(numbered.group(1))));
		}
		return isPlain(candidate) ? Optional.of(RawToken.foreign(candidate, null)) : Optional.empty();
	}

	static boolean isPlain(String candidate) {
		return candidate.length() >= MIN && candidate.length() <= MAX && PLAIN.matcher(candidate).matches();
	}

}
