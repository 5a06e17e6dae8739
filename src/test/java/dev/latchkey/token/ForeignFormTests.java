package dev.latchkey.token;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What may be a token that another system gave out.
 */
class ForeignFormTests {

	private static final String SHORTEST = "a".repeat(20);

	private static final String LONGEST = "a".repeat(255);

	@ParameterizedTest
	@ValueSource(strings = { "1|a", "999999999999999999|a-b._~+/=", "12|secret==" })
	void aNumberMayStandBefore(String candidate) {
		assertThat(ForeignForm.isNumbered(candidate)).isTrue();
		assertThat(ForeignForm.parse(candidate)).hasValueSatisfying((token) -> {
			assertThat(token.number() + "|" + token.reveal()).isEqualTo(candidate);
			assertThat(token.kind()).isEqualTo(TokenKind.PERSONAL);
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "|secret", "1|", "x|secret", "1234567890123456789|secret", "1|se cret", "1|2|3", "1|=a",
			"\u0661|secret" })
	void whatLooksLikeItIsNone(String candidate) {
		assertThat(ForeignForm.isNumbered(candidate)).isFalse();
		assertThat(ForeignForm.parse(candidate)).isEmpty();
	}

	@Test
	void withoutANumberItIsLongAndNotTooLong() {
		assertThat(ForeignForm.parse(SHORTEST)).hasValueSatisfying((token) -> assertThat(token.number()).isNull());
		assertThat(ForeignForm.parse(SHORTEST.substring(1))).isEmpty();
		assertThat(ForeignForm.parse(LONGEST)).isPresent();
		assertThat(ForeignForm.parse(LONGEST + "a")).isEmpty();
		assertThat(ForeignForm.isPlain(LONGEST + "a")).isFalse();
		assertThat(ForeignForm.isPlain("=" + SHORTEST)).isFalse();
		assertThat(ForeignForm.isNumbered("1|" + LONGEST.substring(2))).isTrue();
		assertThat(ForeignForm.isNumbered("1|" + LONGEST)).isFalse();
		assertThat(ForeignForm.parse("1|" + LONGEST)).isEmpty();
	}

}
