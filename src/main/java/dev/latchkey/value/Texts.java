package dev.latchkey.value;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.Optional;

/**
 * Texts as they come: whole characters, in one form.
 */
public final class Texts {

	/**
	 * In characters of the UTF-16 form. No name or address is so long, in whatever form
	 * it comes.
	 */
	private static final int LONGEST_NORMALIZED = 2_048;

	private Texts() {
	}

	/**
	 * Reads bytes as UTF-8, or returns empty if they are not; what stands for half a
	 * character is not.
	 */
	public static Optional<String> decode(byte[] utf8) {
		try {
			return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString());
		}
		catch (CharacterCodingException ex) {
			return Optional.empty();
		}
	}

	/**
	 * Returns whether the text has no half of a surrogate pair alone, which no encoding
	 * can write and the database keeps as something else.
	 */
	public static boolean isWellFormed(String text) {
		return text.codePoints().noneMatch((c) -> Character.getType(c) == Character.SURROGATE);
	}

	/**
	 * Returns the text without the blanks around it, line ends and spaces of other
	 * scripts included. A regular expression would begin anew at each of many blanks
	 * inside, and anybody may send them.
	 */
	public static String strip(String text) {
		int start = 0;
		int end = text.length();
		while (start < end && isBlank(text.charAt(start))) {
			start++;
		}
		while (end > start && isBlank(text.charAt(end - 1))) {
			end--;
		}
		return text.substring(start, end);
	}

	private static boolean isBlank(char c) {
		return (c >= '\t' && c <= '\r') || Character.isSpaceChar(c);
	}

	/**
	 * Returns the text in the form in which equal texts are equal, NFC, without the
	 * blanks around it. What is longer than anything that is kept or searched for stays
	 * as it came: putting thousands of accents behind a letter in order costs more than
	 * all the rest of a request.
	 */
	public static String normalize(String text) {
		String stripped = strip(text);
		return (stripped.length() <= LONGEST_NORMALIZED) ? Normalizer.normalize(stripped, Form.NFC) : stripped;
	}

	/**
	 * Returns the text, or its beginning if it is longer than that; no character is cut
	 * in two.
	 * @param max how many characters of the UTF-16 form may be shown
	 */
	public static String shortened(String text, int max) {
		if (text.length() <= max) {
			return text;
		}
		int end = max / 2;
		return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
	}

}
