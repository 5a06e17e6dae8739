package dev.latchkey.account;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Words that anybody who guesses a password tries first: the account's name and address,
 * what this server is called, and the words that the settings name.
 */
final class OwnWords {

	private static final String PRODUCT = "latchkey";

	/** Shorter ones are found in anything. */
	private static final int SHORTEST = 4;

	private static final Pattern BETWEEN = Pattern.compile("[^\\p{L}\\p{N}]+");

	private final Set<String> words;

	OwnWords(String email, String name, List<String> others) {
		this.words = Stream.concat(Stream.of(email, name, PRODUCT), others.stream())
			.map(PasswordText::fold)
			.flatMap((known) -> Stream.concat(Stream.of(known), BETWEEN.splitAsStream(known)))
			.flatMap((word) -> Stream.of(word, PasswordText.letters(word)))
			.filter((word) -> word.length() >= SHORTEST)
			.collect(Collectors.toSet());
	}

	/**
	 * Returns whether a word is long enough to be looked for.
	 */
	static boolean isLongEnough(String word) {
		return PasswordText.letters(PasswordText.fold(word)).length() >= SHORTEST;
	}

	/**
	 * Returns whether the text is made of these words alone, with nothing but digits and
	 * punctuation beside.
	 */
	boolean makeUp(String text) {
		boolean[] reached = new boolean[text.length() + 1];
		boolean[] withWord = new boolean[text.length() + 1];
		reached[0] = true;
		for (int i = 0; i < text.length(); i++) {
			if (!reached[i]) {
				continue;
			}
			if (!Character.isLetter(text.charAt(i))) {
				reached[i + 1] = true;
				withWord[i + 1] |= withWord[i];
			}
			for (String word : this.words) {
				if (text.startsWith(word, i)) {
					reached[i + word.length()] = true;
					withWord[i + word.length()] = true;
				}
			}
		}
		return withWord[text.length()];
	}

}
