package dev.latchkey.account;

import java.text.Normalizer;
import java.util.Locale;

/**
 * The forms of a password in which it is compared with what is easy to guess: case,
 * accents, and digits in place of letters make nothing harder to guess.
 */
final class PasswordText {

	private static final String DISGUISES = "@4308$5!17";

	private static final String LETTERS = "aaeobssiit";

	private PasswordText() {
	}

	/** In lower case, without accents and without forms that only look different. */
	static String fold(String text) {
		return Normalizer.normalize(text, Normalizer.Form.NFKD).replaceAll("\\p{M}", "").toLowerCase(Locale.ROOT);
	}

	/** Without all that is no letter. */
	static String letters(String text) {
		return text.replaceAll("[^\\p{L}]", "");
	}

	/** Without digits and punctuation at both ends. */
	static String core(String text) {
		return text.replaceAll("^[^\\p{L}]+|[^\\p{L}]+$", "");
	}

	/** Without blanks and punctuation. */
	static String compact(String text) {
		return text.replaceAll("[^\\p{L}\\p{N}]", "");
	}

	/** With the letters that some digits and signs stand for. */
	static String reveal(String text) {
		StringBuilder plain = new StringBuilder(text);
		for (int i = 0; i < plain.length(); i++) {
			int disguise = DISGUISES.indexOf(plain.charAt(i));
			if (disguise >= 0) {
				plain.setCharAt(i, LETTERS.charAt(disguise));
			}
		}
		return plain.toString();
	}

	static String reverse(String text) {
		return new StringBuilder(text).reverse().toString();
	}

}
