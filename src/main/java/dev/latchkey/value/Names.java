package dev.latchkey.value;

import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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

	/** Takes a letter's vowel away, and before a joiner at the end half of its shape. */
	private static final String VIRAMA = "[\\u094D\\u09CD\\u0A4D\\u0ACD\\u0B4D\\u0BCD\\u0C4D\\u0CCD\\u0D3B\\u0D3C"
			+ "\\u0D4D\\u0DCA\\u1039\\u17D2\\u1B44\\uA9C0]";

	/**
	 * Pictures: what Unicode's emoji-data.txt calls emoji, without digits. One may be
	 * younger than the runtime's tables, which then do not know it.
	 */
	private static final String PICTURE = "[\\u00A9\\u00AE\\u203C\\u2049\\u2122\\u2139\\u2194-\\u2199\\u21A9\\u21AA\\u231A"
			+ "\\u231B\\u2328\\u23CF\\u23E9-\\u23F3\\u23F8-\\u23FA\\u24C2\\u25AA\\u25AB\\u25B6\\u25C0\\u25FB-\\u25FE"
			+ "\\u2600-\\u2604\\u260E\\u2611\\u2614\\u2615\\u2618\\u261D\\u2620\\u2622\\u2623\\u2626\\u262A\\u262E"
			+ "\\u262F\\u2638-\\u263A\\u2640\\u2642\\u2648-\\u2653\\u265F\\u2660\\u2663\\u2665\\u2666\\u2668\\u267B"
			+ "\\u267E\\u267F\\u2692-\\u2697\\u2699\\u269B\\u269C\\u26A0\\u26A1\\u26A7\\u26AA\\u26AB\\u26B0\\u26B1"
			+ "\\u26BD\\u26BE\\u26C4\\u26C5\\u26C8\\u26CE\\u26CF\\u26D1\\u26D3\\u26D4\\u26E9\\u26EA\\u26F0-\\u26F5"
			+ "\\u26F7-\\u26FA\\u26FD\\u2702\\u2705\\u2708-\\u270D\\u270F\\u2712\\u2714\\u2716\\u271D\\u2721\\u2728"
			+ "\\u2733\\u2734\\u2744\\u2747\\u274C\\u274E\\u2753-\\u2755\\u2757\\u2763\\u2764\\u2795-\\u2797\\u27A1"
			+ "\\u27B0\\u27BF\\u2934\\u2935\\u2B05-\\u2B07\\u2B1B\\u2B1C\\u2B50\\u2B55\\u3030\\u303D\\u3297\\u3299"
			+ "\\x{1F000}-\\x{1FAFF}]";

	/** The flags of England, Scotland and Wales: their names behind a black flag. */
	private static final String COUNTRY = Stream.of("eng", "sct", "wls")
		.map((name) -> ("gb" + name + "\u007f").chars()
			.mapToObj((c) -> "\\x{%X}".formatted(0xE0000 + c))
			.collect(Collectors.joining()))
		.collect(Collectors.joining("|", "\\x{1F3F4}(", ")"));

	private static final String JOINER = "\\u200D(?=" + PICTURE + ")";

	/**
	 * Joiners and variation selectors where they belong, with what stands before them.
	 */
	private static final Pattern WELL_USED = Pattern
		.compile(COUNTRY + "|" + JOINED + "[\\u200C\\u200D](?=" + JOINED + ")|" + VIRAMA + "\\u200D|" + PICTURE
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
	private static final Pattern VISIBLE = Pattern
		.compile("[\\p{L}\\p{N}\\p{P}\\p{S}\\x{1F000}-\\x{1FAFF}&&[^\\u2800\\x{1D159}]]");

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
