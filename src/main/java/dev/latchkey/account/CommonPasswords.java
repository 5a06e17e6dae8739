package dev.latchkey.account;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import me.gosimple.nbvcxz.resources.DictionaryUtil;

import org.springframework.core.io.ClassPathResource;

/**
 * The lists that come with nbvcxz: a hundred thousand passwords that many people have,
 * words and names. A list is read when a password is set, which is seldom, and not kept:
 * in memory they would take more than all the rest of what this package does.
 */
final class CommonPasswords {

	private static final List<String> LISTS = List.of(DictionaryUtil.passwords, DictionaryUtil.english,
			DictionaryUtil.eff_large, DictionaryUtil.surnames, DictionaryUtil.male_names, DictionaryUtil.female_names);

	private CommonPasswords() {
	}

	/**
	 * Returns whether one of the texts, in lower case, is on a list.
	 */
	static boolean containAny(Set<String> texts) {
		return LISTS.stream().anyMatch((list) -> isOn(list, texts));
	}

	private static boolean isOn(String list, Set<String> texts) {
		try (BufferedReader lines = new BufferedReader(new InputStreamReader(
				new ClassPathResource("dictionaries/" + list).getInputStream(), StandardCharsets.UTF_8))) {
			return lines.lines().anyMatch((line) -> texts.contains(line.strip().toLowerCase(Locale.ROOT)));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
