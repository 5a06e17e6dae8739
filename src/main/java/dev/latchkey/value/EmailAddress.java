package dev.latchkey.value;

import java.net.IDN;
import java.text.Normalizer;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * An address of e-mail: its shape alone, since whether it exists, a mail alone can tell.
 *
 * @param value the address in NFC, as it was written
 */
public record EmailAddress(String value) {

	private static final int MAX = 254;

	/** Of nothing so long a key is made: each of its labels would be decoded. */
	private static final int MAX_KEYED = 8 * MAX;

	/**
	 * What no address has: blanks, control and format characters, halves of pairs,
	 * private use, and what Unicode calls ignorable by default.
	 */
	private static final Pattern IGNORABLE = Pattern.compile(
			"[\\s\\p{Z}\\p{Cc}\\p{Cf}\\p{Cs}\\p{Co}\\u034F\\u115F\\u1160\\u17B4\\u17B5\\u180B-\\u180F\\u2065\\u2800"
					+ "\\u3164\\uFE00-\\uFE0F\\uFFA0\\uFFF0-\\uFFFB\\x{16FE4}\\x{1D159}\\x{E0000}-\\x{E0FFF}]");

	/**
	 * Words with dots between them (RFC 5322 3.2.3, RFC 6531), before and behind the at
	 * sign: nothing quoted, no comment, no name of a person, no address of a machine.
	 */
	private static final Pattern SHAPE = Pattern
		.compile("(?=[^@]{1,64}@[^@]{1,189}$)" + "[^@.\"(),:;<>\\[\\]\\\\]+(\\.[^@.\"(),:;<>\\[\\]\\\\]+)*@"
				+ "LABEL(\\.LABEL)*".replace("LABEL", "[\\p{L}\\p{N}]([\\p{L}\\p{N}\\p{M}-]*[\\p{L}\\p{N}\\p{M}])?"));

	/** The form of a label for machines, in which it has other letters. */
	private static final Pattern ENCODED = Pattern.compile("(?<=[@.])xn--[^@.]*", Pattern.CASE_INSENSITIVE);

	/** What it is in small letters, each locale says otherwise, and so do people. */
	private static final char DOTTED = 'İ';

	/**
	 * Reads an address; blanks around it do not count.
	 * @throws InvalidValueException if it has not the shape of one
	 */
	public static EmailAddress parse(@Nullable String given) {
		return find((given != null) ? given : "")
			.orElseThrow(() -> InvalidValueException.notAcceptable("must be an e-mail address"));
	}

	/**
	 * Reads an address, or returns empty if it has not the shape of one.
	 */
	public static Optional<EmailAddress> find(String given) {
		String address = Texts.normalize(given);
		boolean fits = address.length() <= MAX && SHAPE.matcher(address).matches() && !IGNORABLE.matcher(address).find()
				&& address.indexOf(DOTTED) < 0 && isPlain(address) && !ENCODED.matcher(decoded(address)).find();
		return fits ? Optional.of(new EmailAddress(address)) : Optional.empty();
	}

	/** Letters of another width or shape are those of another address to look at. */
	private static boolean isPlain(String address) {
		return Normalizer.isNormalized(address, Normalizer.Form.NFKC);
	}

	/** The domain as it is read; what cannot be decoded stays. */
	private static String decoded(String address) {
		return ENCODED.matcher(address)
			.replaceAll((label) -> Matcher.quoteReplacement(IDN.toUnicode(label.group(), IDN.ALLOW_UNASSIGNED)));
	}

	/**
	 * Returns what two addresses have in common that are one: NFC, without regard to
	 * case, the domain as it is read.
	 */
	public String key() {
		return keyOf(this.value);
	}

	/**
	 * Returns the key of an address that was taken when less was asked of it: also
	 * without what no address has today. What is far too long for one is left as it is.
	 */
	public static String keyOf(String address) {
		String text = Texts.normalize(address);
		if (text.length() > MAX_KEYED) {
			return text;
		}
		StringBuilder key = new StringBuilder();
		decoded(IGNORABLE.matcher(text).replaceAll("")).codePoints()
			.map(EmailAddress::fold)
			.forEach(key::appendCodePoint);
		return Texts.normalize(key.toString());
	}

	/**
	 * Folds the case of each character alone, whatever stands beside it. The Turkish i
	 * with and without its dot are no case of the others (Unicode's CaseFolding.txt, C
	 * and S).
	 */
	private static int fold(int c) {
		boolean turkish = c == 'İ' || c == 'ı';
		return turkish ? c : Character.toLowerCase(Character.toUpperCase(c));
	}

	@Override
	public String toString() {
		return this.value;
	}

}
