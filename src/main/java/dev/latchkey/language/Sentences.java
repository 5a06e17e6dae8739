package dev.latchkey.language;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import org.springframework.context.support.ResourceBundleMessageSource;

/**
 * Sentences of a file of texts that are known by how they read in English.
 */
final class Sentences {

	/**
	 * How long a text may be to be looked for among sentences with several gaps: that
	 * takes as long as its length squared, where one gap is found as fast as it is read,
	 * and what is filled in may be somebody's own.
	 */
	static final int MAX_LENGTH = 1_000;

	private final ResourceBundleMessageSource texts;

	private final List<Sentence> sentences;

	/**
	 * Reads the sentences of a file.
	 * @param file what it is called, for example {@code said}
	 */
	Sentences(String file) {
		String name = TextFiles.FOLDER + file;
		this.texts = Words.texts(name);
		this.sentences = read(name);
	}

	/**
	 * Returns a sentence in a language, or empty where it is not known.
	 * @param subject how the keys begin among which it is looked for
	 */
	Optional<String> in(Language language, String subject, String english) {
		if (language == Language.ENGLISH) {
			return Optional.of(english);
		}
		for (Sentence sentence : this.sentences) {
			Matcher matcher = sentence.pattern().matcher(english);
			if (sentence.key().startsWith(subject) && sentence.mayBe(english) && matcher.matches()) {
				return Optional
					.of(this.texts.getMessage(sentence.key(), sentence.arguments(matcher), language.locale()));
			}
		}
		return Optional.empty();
	}

	/** Those that say most of themselves come first. */
	private static List<Sentence> read(String name) {
		ResourceBundle english = ResourceBundle.getBundle(name, Locale.ROOT,
				ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
		List<Sentence> sentences = new ArrayList<>();
		for (Enumeration<String> keys = english.getKeys(); keys.hasMoreElements();) {
			String key = keys.nextElement();
			sentences.add(Sentence.of(key, english.getString(key)));
		}
		sentences.sort(Comparator.comparingInt((Sentence sentence) -> -sentence.plain()).thenComparing(Sentence::key));
		return List.copyOf(sentences);
	}

	/**
	 * A sentence that may have something filled in.
	 *
	 * @param key what it is called
	 * @param pattern what it matches
	 * @param places which of the arguments stands at each gap
	 * @param plain how many of its characters are its own
	 */
	private record Sentence(String key, Pattern pattern, List<Integer> places, int plain) {

		private static final Pattern GAP = Pattern.compile("\\{(\\d)}");

		static Sentence of(String key, String text) {
			StringBuilder pattern = new StringBuilder();
			int end = 0;
			int plain = 0;
			List<Integer> places = new ArrayList<>();
			for (MatchResult gap : GAP.matcher(text).results().toList()) {
				String before = text.substring(end, gap.start()).replace("''", "'");
				pattern.append(Pattern.quote(before)).append("(.*)");
				plain += before.length();
				places.add(Integer.valueOf(gap.group(1)));
				end = gap.end();
			}
			String rest = text.substring(end).replace("''", "'");
			pattern.append(Pattern.quote(rest));
			return new Sentence(key, Pattern.compile(pattern.toString(), Pattern.DOTALL), List.copyOf(places),
					plain + rest.length());
		}

		boolean mayBe(String english) {
			return this.places.size() < 2 || english.length() <= MAX_LENGTH;
		}

		Object[] arguments(MatchResult found) {
			Object[] arguments = new Object[this.places.stream().mapToInt(Integer::intValue).max().orElse(-1) + 1];
			IntStream.range(0, this.places.size()).forEach((i) -> arguments[this.places.get(i)] = found.group(i + 1));
			return arguments;
		}

	}

}
