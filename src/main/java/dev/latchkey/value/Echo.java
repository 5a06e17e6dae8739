package dev.latchkey.value;

import java.util.List;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * What may be said back of what a client sent where a name is meant: of a field, a
 * parameter, a scope, a segment of a path. A secret gets there by a slip, and is told
 * from a name by its form alone, as nobody knows all names: what is said back is shorter
 * than every secret, or made of plain words, or an address.
 */
public final class Echo {

	/** Stands where something else was sent. */
	public static final String HIDDEN = "****";

	/** The shortest password has one character more, the shortest token six more. */
	private static final int SHORTER_THAN_SECRETS = 14;

	/** The shortest token has one character more. */
	private static final int SHORTER_THAN_TOKENS = 19;

	private static final int LONGEST = 40;

	/** Without digits and without capitals, which what a machine draws always has. */
	private static final Pattern WORDS = Pattern.compile("[a-z]{1,14}(?:[_.:-][a-z]{1,14})+");

	private static final Pattern CAMEL_CASE = Pattern.compile("[a-z]+(?:[A-Z][a-z]+)+");

	private static final Pattern ADDRESS = Pattern.compile("[0-9a-fA-F]{0,4}(?:[:./][0-9a-fA-F]{0,4})+");

	private Echo() {
	}

	/**
	 * Returns the text, or {@link #HIDDEN} in its place.
	 */
	public static String of(String text) {
		return isHarmless(text) ? text : HIDDEN;
	}

	/**
	 * Returns an entry of a list; or which one it is, counted from 1, where it could be a
	 * secret or has anything but what everybody sees.
	 */
	public static String entry(@Nullable String entry, List<@Nullable String> entries) {
		String text = String.valueOf(entry);
		boolean plain = !text.isBlank() && text.chars().allMatch((c) -> c >= ' ' && c <= '~');
		return (plain && isHarmless(text)) ? text : "#%d".formatted(entries.indexOf(entry) + 1);
	}

	/**
	 * Returns whether the text can be no secret by its form.
	 */
	public static boolean isHarmless(String text) {
		int length = text.length();
		if (length <= SHORTER_THAN_SECRETS) {
			return true;
		}
		return length <= LONGEST && (WORDS.matcher(text).matches() || ADDRESS.matcher(text).matches()
				|| (length <= SHORTER_THAN_TOKENS && CAMEL_CASE.matcher(text).matches()));
	}

}
