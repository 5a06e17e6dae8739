package dev.latchkey.grant;

import java.security.SecureRandom;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

import dev.latchkey.token.TokenDigest;

/**
 * The code that a device shows and a person types (RFC 8628 section 6.1): eight of twenty
 * letters, none of them a vowel, so that no words come out, and none that looks like
 * another.
 *
 * @param letters the letters alone
 */
record UserCode(String letters) {

	private static final String ALPHABET = "BCDFGHJKLMNPQRSTVWXZ";

	private static final Pattern FORM = Pattern.compile("[" + ALPHABET + "]{8}");

	private static final int LENGTH = 8;

	private static final SecureRandom RANDOM = new SecureRandom();

	static UserCode generate() {
		StringBuilder letters = new StringBuilder();
		while (letters.length() < LENGTH) {
			letters.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
		}
		return new UserCode(letters.toString());
	}

	/** Reads what somebody typed: in any case, with dashes and spaces anywhere. */
	static Optional<UserCode> parse(String typed) {
		String letters = typed.replaceAll("[\\s-]", "").toUpperCase(Locale.ROOT);
		return FORM.matcher(letters).matches() ? Optional.of(new UserCode(letters)) : Optional.empty();
	}

	TokenDigest digest() {
		return TokenDigest.of(this.letters);
	}

	/** As people read it. */
	String shown() {
		return this.letters.substring(0, LENGTH / 2) + "-" + this.letters.substring(LENGTH / 2);
	}

	@Override
	public String toString() {
		return "UserCode[****]";
	}

}
