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

import dev.latchkey.value.FieldFault;

import org.springframework.context.support.ResourceBundleMessageSource;

/**
 * What the server says to programs and people alike, as pages say it: rules for fields,
 * reasons of refusals, descriptions of scopes. They come in English, as the API gives
 * them; the files {@code said} know them by their sentences.
 */
public final class Said {

	private static final String NAME = TextFiles.FOLDER + "said";

	private static final ResourceBundleMessageSource TEXTS = Words.texts(NAME);

	/**
	 * How long a text may be to be looked for among sentences with several gaps: that
	 * takes as long as its length squared, where one gap is found as fast as it is read,
	 * and what is filled in may be somebody's own.
	 */
	static final int MAX_LENGTH = 1_000;

	private static final List<Sentence> SENTENCES = sentences();

	private Said() {
	}

	/**
	 * Returns a sentence in the language of whoever has sent the request under way; one
	 * that is not known, as it is.
	 */
	public static String of(String english) {
		return in(Language.current(), english).orElse(english);
	}

	/**
	 * Returns faults with what is wrong in the language of whoever has sent the request
	 * under way.
	 */
	public static List<FieldFault> of(List<FieldFault> faults) {
		return faults.stream().map((fault) -> new FieldFault(fault.field(), of(fault.message()))).toList();
	}

	/**
	 * Returns the sentence in a language, or empty where it is not known.
	 */
	static Optional<String> in(Language language, String english) {
		if (language == Language.ENGLISH) {
			return Optional.of(english);
		}
		for (Sentence sentence : SENTENCES) {
			Matcher matcher = sentence.pattern().matcher(english);
			if (sentence.mayBe(english) && matcher.matches()) {
				return Optional.of(TEXTS.getMessage(sentence.key(), sentence.arguments(matcher), language.locale()));
			}
		}
		return Optional.empty();
	}

	/** Those that say most of themselves come first. */
	private static List<Sentence> sentences() {
		ResourceBundle english = ResourceBundle.getBundle(NAME, Locale.ROOT,
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
