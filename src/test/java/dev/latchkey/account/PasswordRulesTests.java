package dev.latchkey.account;

import java.text.Normalizer;
import java.util.List;

import dev.latchkey.value.InvalidFieldsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Which passwords may be set (contract 5.3).
 */
class PasswordRulesTests {

	private static final PasswordProperties USUAL = new PasswordProperties(15, false, false, List.of());

	private final PasswordRules rules = new PasswordRules(new LeakedPasswords(USUAL), USUAL);

	@ParameterizedTest
	@ValueSource(strings = { "correct horse battery", "three ordinary words", "quite-long-enough", "Ein Haus am See 7",
			"  blanks around  it ", "dd6f1c5e-0d2a-4d36", "739205816427391", "love739205816427391",
			"lovelace met babbage", "latchkey opens doors", "Adam ate an apple", "пароль из трёх слов",
			"一二三四五六七八九十天地人和春" })
	void whatIsLongAndNotKnownIsGood(String good) {
		assertThat(check(good)).isEqualTo(good);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "password", "12345678", "fourteen chars" })
	void whatIsShortIsRefused(String bad) {
		assertRefused(bad, "at least 15 characters");
	}

	@ParameterizedTest
	@ValueSource(strings = { "correct horse battery staple", "correcthorsebatterystaple", "1qaz2wsx3edc4rfv5",
			"Password2024!!!", "P@ssw0rd2024!!!!", "password1234567", "1234567Password", "monkey123456789",
			"iseedeadpeople!!", "congratulations", "Responsibilities", "!!Swordfish2024", "drowssap2024!!!" })
	void whatIsCommonIsRefused(String bad) {
		assertRefused(bad, "");
	}

	@ParameterizedTest
	@ValueSource(strings = { "               ", "                 ", "aaaaaaaaaaaaaaa", "aaaaaaaaaaaaaaaa1!",
			"abababababababab", "passwordpassword", "Sunshine sunshine", "secret-secret-secret", "0123456789012345",
			"tenletterstenlett", "😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀", "aaaaAAAAaaaaAAAA", "​​​​​​​​​​​​​​​" })
	void whatIsAPieceRepeatedIsRefused(String bad) {
		assertRefused(bad, "");
	}

	@ParameterizedTest
	@ValueSource(strings = { "abcdefghijklmnop", "ponmlkjihgfedcba", "AbCdEfGhIjKlMnOp", "qwertyuiopasdfgh",
			"POIUYTREWQLKJHGF", "1234567890qwerty", "098765432109876", "1qaz2wsx3edc4rfv", "qazwsxedcrfvtgb",
			"q1w2e3r4t5y6u7i8", "1a2b3c4d5e6f7g8h", "!@#$%^&*()_+qwer", "qwertzuiopasdfghj", "azertyuiopqsdfgh",
			"йцукенгшщзфывапр", "абвгдежзийклмноп", "abc-def-ghi-jkl-mno", "abcdefghijklmn!1", "147258369369258147" })
	void whatIsARunIsRefused(String bad) {
		assertRefused(bad, "");
	}

	@ParameterizedTest
	@ValueSource(strings = { "ada.lovelace@example.com", "Ada Lovelace 1815", "AdaLovelace1815!", "lovelace-18151215",
			"Latchkey2026!!!!", "L@tchk3y12345678", "latchkey-lovelace", "lovelaceLATCHKEY", "example-example-1",
			"1815ecalevol1815", "latchkey.latchkey", "Lóvelàce-18151215", "ａdalovelace12345" })
	void whatIsMadeOfTheAccountOrTheProductIsRefused(String bad) {
		assertRefused(bad, "");
	}

	@Test
	void whatIsMadeOfTheWordsOfTheSettingsIsRefused() {
		PasswordProperties named = new PasswordProperties(15, false, false, List.of("Zorgulon", "raccoon city"));
		PasswordRules ours = new PasswordRules(new LeakedPasswords(named), named);
		for (String bad : List.of("Zorgulon-2026-2027", "raccoon-zorgulon-1", "n0lugroz-1234567")) {
			assertThat(check(bad)).isEqualTo(bad);
			assertThatExceptionOfType(InvalidFieldsException.class).as(bad)
				.isThrownBy(() -> ours.check(new RawPassword(bad), "ada@example.com", "Ada Lovelace"));
		}
		assertThat(ours.check(new RawPassword("zorgulon and raincoat"), "ada@example.com", "Ada").value()).isNotEmpty();
		assertThatExceptionOfType(RuntimeException.class)
			.isThrownBy(() -> new PasswordProperties(15, false, false, List.of("abc")));
	}

	@Test
	void anAddressOfDigitsIsRefusedToo() {
		assertThatExceptionOfType(InvalidFieldsException.class)
			.isThrownBy(() -> this.rules.check(new RawPassword("9305826174@x.de"), "9305826174@x.de", "Li"));
	}

	@Test
	void partsUnderFourCharactersDoNotCount() {
		assertThat(this.rules.check(new RawPassword("Li9305826174183"), "li@x.de", "Li Wu").value()).isNotEmpty();
		assertThat(check("Ada9305826174183")).isNotEmpty();
	}

	@Test
	void thereAreUpTo256CharactersWhateverTheirBytes() {
		String long256 = "correct horse battery, ".repeat(20).substring(0, 240) + "é".repeat(8)
				+ "something else".substring(6);
		assertThat(long256).hasSize(256);
		assertThat(check(long256)).hasSize(256);
		assertRefused(long256 + "x", "at most 256 characters");
	}

	@Test
	void controlCharactersAreRefused() {
		assertRefused("correct horse\u0000battery", "control");
		assertRefused("correct horse\tbattery", "control");
	}

	@Test
	void theLeastLengthIsASetting() {
		PasswordProperties shorter = new PasswordProperties(10, false, false, List.of());
		PasswordRules rules10 = new PasswordRules(new LeakedPasswords(shorter), shorter);
		assertThat(rules10.check(new RawPassword("xk7 qv2 mz"), "a@b.c", "x").value()).hasSize(10);
		assertThatExceptionOfType(RuntimeException.class)
			.isThrownBy(() -> new PasswordProperties(7, false, false, List.of()))
			.withMessageContaining("latchkey.passwords.min-length");
	}

	@Test
	void anAccentIsOneCharacterHoweverItIsTyped() {
		String composed = "déjà vu à l'école";
		assertThat(check(Normalizer.normalize(composed, Normalizer.Form.NFD))).isEqualTo(composed);
		assertThat(check("one two　three four")).isEqualTo("one two three four");
	}

	private String check(String password) {
		return this.rules.check(new RawPassword(password), "ada.lovelace@example.com", "Ada Lovelace").value();
	}

	private void assertRefused(String bad, String why) {
		assertThatExceptionOfType(InvalidFieldsException.class).as(bad)
			.isThrownBy(() -> check(bad))
			.satisfies((refusal) -> {
				assertThat(refusal.faults().get(0).field()).isEqualTo("password");
				assertThat(refusal.faults().get(0).message()).contains(why);
			});
	}

}
