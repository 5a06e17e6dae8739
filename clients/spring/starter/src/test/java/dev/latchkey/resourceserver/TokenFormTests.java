package dev.latchkey.resourceserver;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is asked about, and what is refused without a question.
 */
class TokenFormTests {

	private static final String GOOD = TestTokens.raw(1);

	@Test
	void aTokenWithItsChecksumIsAskedAbout() {
		assertThat(TokenForm.isGood(GOOD, false)).isTrue();
		assertThat(TokenForm.isGood(of("acmeo_"), false)).isTrue();
		assertThat(TokenForm.isGood(of("abcdefghijp_"), false)).isTrue();
	}

	@Test
	void whatWasMistypedIsRefused() {
		assertThat(TokenForm.isGood(GOOD.replace("001", "002"), false)).isFalse();
		assertThat(TokenForm.isGood(GOOD + "0", false)).isFalse();
		assertThat(TokenForm.isGood(GOOD.substring(1), false)).isFalse();
		assertThat(TokenForm.isGood(GOOD.replace("0001", "0-01"), false)).isFalse();
		assertThat(TokenForm.isGood("", true)).isFalse();
	}

	@Test
	void aRefreshTokenOpensNothing() {
		assertThat(TokenForm.isGood(of("lkr_"), false)).isFalse();
		assertThat(TokenForm.isGood(of("lkr_"), true)).isFalse();
		assertThat(TokenForm.isGood(of("acmer_"), true)).isFalse();
	}

	/**
	 * Those that end like a kind's letter, too, and those with a prefix like the default.
	 */
	@Test
	void keysOfOthersThatLookLikeTokensAreAskedAboutWhereTheyMayBe() {
		for (String prefix : new String[] { "shop_", "key_", "sho_", "tutor_", "lkp_", "Abcp_", "_", "p_" }) {
			String key = prefix + "k".repeat(49);
			assertThat(TokenForm.isGood(key, true)).as(key).isTrue();
			assertThat(TokenForm.isGood(key, false)).as(key).isFalse();
		}
		assertThat(TokenForm.isGood("shop_" + "k".repeat(48) + "-", true)).isTrue();
		assertThat(TokenForm.isGood(of("key_"), true)).isTrue();
		assertThat(TokenForm.isGood(of("key_"), false)).isFalse();
	}

	@Test
	void anotherFormIsAskedAboutWhereThatIsSet() {
		assertThat(TokenForm.isGood("12|Ab34", false)).isFalse();
		assertThat(TokenForm.isGood("12|Ab34", true)).isTrue();
		assertThat(TokenForm.isGood("a".repeat(8_192), true)).isTrue();
		assertThat(TokenForm.isGood("a".repeat(8_193), true)).isFalse();
	}

	private static String of(String prefix) {
		String body = prefix + "a".repeat(43);
		return body + TokenForm.checksum(body);
	}

}
