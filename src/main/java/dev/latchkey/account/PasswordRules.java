package dev.latchkey.account;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.latchkey.value.FieldFaults;
import dev.latchkey.value.InvalidFieldsException;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Says what a new password has to be like. Length is what makes one hard to guess, and
 * three ordinary words have it; refused is what is long and guessed at once nevertheless.
 */
@Component
class PasswordRules {

	private static final int LONGEST_PIECE = 10;

	private final LeakedPasswords leaked;

	private final int minLength;

	private final List<String> words;

	PasswordRules(LeakedPasswords leaked, PasswordProperties properties) {
		this.leaked = leaked;
		this.minLength = properties.minLength();
		this.words = properties.words();
	}

	/** How many characters one has at the least. */
	int minLength() {
		return this.minLength;
	}

	/**
	 * Refuses a password that is easy to guess for whoever knows the account.
	 * @throws InvalidFieldsException with the reason
	 * @throws PasswordUncheckedException if it cannot be known now
	 */
	RawPassword check(@Nullable RawPassword given, String email, String name) {
		String prepared = (given != null) ? given.prepared() : "";
		int length = prepared.codePointCount(0, prepared.length());
		refuse(given == null || length < this.minLength, "must have at least %d characters".formatted(this.minLength));
		refuse(length > PasswordProperties.MAX_LENGTH,
				"must have at most %d characters".formatted(PasswordProperties.MAX_LENGTH));
		refuse(prepared.codePoints().anyMatch(Character::isISOControl), "must not have control characters");
		String folded = PasswordText.fold(prepared);
		String core = PasswordText.core(folded);
		Set<String> bare = Stream.of(prepared.toLowerCase(Locale.ROOT), folded, core, PasswordText.compact(folded))
			.filter((form) -> 2 * form.length() >= folded.length())
			.collect(Collectors.toSet());
		refuse(bare.stream().anyMatch(PasswordRules::isRepeated),
				"must not be one character, or a few, over and over again");
		refuse(bare.stream().anyMatch(KeyRuns::isRun), "must not be a run along the alphabet or the keyboard");
		OwnWords own = new OwnWords(email, name, this.words);
		refuse(bothWays(folded, core, PasswordText.reveal(core), PasswordText.letters(folded),
				PasswordText.letters(PasswordText.reveal(core)))
			.anyMatch(own::makeUp),
				"must not be made of the account's name or e-mail address, of this server's name, or of words everybody here knows");
		refuse(CommonPasswords.containAny(
				bothWays(folded, core, PasswordText.reveal(core), PasswordText.core(PasswordText.reveal(folded)))
					.filter((form) -> 2 * form.length() >= folded.length() || isWeakBeside(folded, form))
					.collect(Collectors.toSet())),
				"is one that many people have, or a single word: three ordinary words are good");
		refuse(this.leaked.contain(prepared), "has leaked somewhere and is on the lists of those who try passwords");
		return new RawPassword(prepared);
	}

	/** Notes what is wrong beside other faults, as far as that can be known now. */
	void note(@Nullable RawPassword given, AccountFields account, FieldFaults faults) {
		try {
			check(given, account.email().value(), account.name());
		}
		catch (InvalidFieldsException ex) {
			ex.faults().forEach((fault) -> faults.add(fault.field(), fault.message()));
		}
		catch (PasswordUncheckedException ex) {
			// Asked again when the rest is right.
		}
	}

	/** Whether what stands beside a word is a run, too, as in monkey123456789. */
	private static boolean isWeakBeside(String folded, String word) {
		String beside = folded.replace(word, "");
		return beside.length() < folded.length() && (KeyRuns.isRun(beside) || isRepeated(beside));
	}

	private static boolean isRepeated(String text) {
		int[] characters = text.codePoints().toArray();
		int longest = Math.min(LONGEST_PIECE, 2 * characters.length / 3);
		for (int period = 1; period <= longest; period++) {
			int i = period;
			while (i < characters.length && characters[i] == characters[i - period]) {
				i++;
			}
			if (i == characters.length) {
				return true;
			}
		}
		return false;
	}

	private static Stream<String> bothWays(String... forms) {
		return Stream.of(forms).distinct().flatMap((form) -> Stream.of(form, PasswordText.reverse(form)));
	}

	private static void refuse(boolean refused, String reason) {
		if (refused) {
			throw new InvalidFieldsException("password", reason);
		}
	}

}
