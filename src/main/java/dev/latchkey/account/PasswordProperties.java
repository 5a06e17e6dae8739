package dev.latchkey.account;

import java.util.List;

import dev.latchkey.startup.SettingFaults;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What a new password has to be like, and how it is kept.
 *
 * @param minLength how many characters it has at the least
 * @param haveibeenpwned whether haveibeenpwned.com is asked if it has leaked somewhere;
 * only the first five hexadecimal digits of its SHA-1 are sent
 * @param renew whether hashes are kept in the form that every password fits into, those
 * that exist from the next sign-in on; a server of a version before this one cannot read
 * them
 * @param words words that whoever guesses a password here tries first, beside the
 * account's own and this server's name: those of the organisation and of its products
 */
@ConfigurationProperties("latchkey.passwords")
record PasswordProperties(@DefaultValue("15") int minLength, @DefaultValue("false") boolean haveibeenpwned,
		@DefaultValue("false") boolean renew, @DefaultValue List<String> words) {

	static final int MAX_LENGTH = 256;

	private static final int SHORTEST = 8;

	PasswordProperties {
		new SettingFaults("latchkey.passwords")
			.require(minLength >= SHORTEST && minLength <= MAX_LENGTH, "min-length",
					"a number from %d to %d".formatted(SHORTEST, MAX_LENGTH))
			.require(words.stream().allMatch(OwnWords::isLongEnough), "words",
					"words with at least four letters or digits each, separated by commas")
			.raise();
		words = List.copyOf(words);
	}

}
