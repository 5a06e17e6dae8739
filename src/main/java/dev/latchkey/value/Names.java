package dev.latchkey.value;

import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * What people call things: accounts, tokens, applications. A name is in NFC, can be seen,
 * and looks like no other by characters that nobody sees.
 */
public final class Names {

	/** In code points, as the database counts. */
	private static final int MAX = 100;

	/** The scripts whose writing needs joiners. */
	private static final String JOINED = "[\\p{IsArabic}\\u064B-\\u0655\\u0670\\p{IsSyriac}\\p{IsMandaic}\\p{IsNko}"
			+ "\\p{IsAdlam}\\p{IsHanifi_Rohingya}\\p{IsMongolian}\\p{IsPhags_Pa}\\p{IsDevanagari}\\p{IsBengali}"
			+ "\\p{IsGurmukhi}\\p{IsGujarati}\\p{IsOriya}\\p{IsTamil}\\p{IsTelugu}\\p{IsKannada}\\p{IsMalayalam}"
			+ "\\p{IsSinhala}\\p{IsKhmer}\\p{IsMyanmar}\\p{IsTibetan}\\p{IsBalinese}\\p{IsJavanese}"
			+ "&&[\\p{L}\\p{M}]&&[^\\u180B-\\u180F]]";

	/**
	 * Pictures. An emoji may be younger than the runtime's tables, which then do not know
	 * it.
	 */
	private static final String PICTURE = "[\\p{So}\\p{Sm}\\x{1F3FB}-\\x{1F3FF}\\u203C\\u2049\\u3030"
			+ "\\x{1F000}-\\x{1FAFF}]";

	private static final String JOINER = "\\u200D(?=" + PICTURE + ")";

	/**
	 * Joiners and variation selectors where they belong, with what stands before them.
	 */
	private static final Pattern WELL_USED = Pattern.compile(JOINED + "[\\u200C\\u200D]|" + PICTURE
			+ "([\\uFE0E\\uFE0F](" + JOINER + ")?|" + JOINER + ")|[0-9#*]\\uFE0F(?=\\u20E3)"
			+ "|\\p{IsHan}[\\uFE00-\\uFE0F\\x{E0100}-\\x{E01EF}]|\\p{IsMongolian}[\\u180B-\\u180D\\u180F]");

	/** What is written before digits in Arabic, Syriac and Kaithi, and can be seen. */
	private static final String SIGNS = "\\u0600-\\u0605\\u06DD\\u070F\\u0890\\u0891\\u08E2\\x{110BD}\\x{110CD}";

	/**
	 * Control and format characters, halves of pairs, private use and noncharacters, line
	 * and paragraph ends, and what Unicode calls ignorable by default.
	 */
	private static final Pattern REFUSED = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Co}\\p{Zl}\\p{Zp}\\u034F\\u115F"
			+ "\\u1160\\u17B4\\u17B5\\u180B-\\u180F\\u2065\\u3164\\uFE00-\\uFE0F\\uFFA0\\uFFF0-\\uFFFB\\uFDD0-\\uFDEF"
			+ "\\x{E0000}-\\x{E0FFF}&&[^" + SIGNS + "]]");

	/**
	 * A braille cell without dots and a note without a head are symbols that are blank.
	 */
	private static final Pattern VISIBLE = Pattern.compile("[\\p{L}\\p{N}\\p{P}\\p{S}\\p{Cn}&&[^\\u2800\\x{1D159}]]");

	private Names() {
	}

	/**
	 * Reads a name of 1 to 100 characters (code points); blanks around it do not count.
	 * @return the name in NFC
	 * @throws InvalidValueException if it is none
	 */
	public static String parse(@Nullable String given) {
		return parse(given, MAX);
	}

	/**
	 * Reads a name likewise that may have another length.
	 * @param max how many characters (code points) it has at the most
	 * @throws InvalidValueException if it is none
	 */
	public static String parse(@Nullable String given, int max) {
		String name = Texts.normalize((given != null) ? given : "");
		int length = name.codePointCount(0, name.length());
		if (length < 1 || length > max) {
			throw InvalidValueException.notAcceptable("must have 1 to %d characters".formatted(max));
		}
		if (REFUSED.matcher(WELL_USED.matcher(name).replaceAll("")).find() || hasNoncharacter(name)) {
			throw InvalidValueException.notAcceptable("must not have control characters or others that cannot be seen");
		}
		if (!VISIBLE.matcher(name).find()) {
			throw InvalidValueException.notAcceptable("must have a character that can be seen");
		}
		return name;
	}

	private static boolean hasNoncharacter(String text) {
		return text.codePoints().anyMatch((c) -> (c & 0xFFFE) == 0xFFFE);
	}

}
