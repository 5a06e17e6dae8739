package dev.latchkey.token;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * A raw token as its holder has it, and what may be said of it.
 */
class RawTokenTests {

	@Test
	void aTokenOfOursIsShownByItsPrefixAndItsLastFourCharacters() {
		RawToken token = new RawToken("lkr_0123456789", TokenKind.REFRESH);
		assertThat(token.hint()).isEqualTo("lkr_…6789");
		assertThat(token.reveal()).isEqualTo("lkr_0123456789");
		assertThat(token.kind()).isEqualTo(TokenKind.REFRESH);
		assertThat(token.number()).isNull();
		assertThat(token).hasToString("RawToken[****]");
	}

	@Test
	void anotherSystemsIsPersonalAndPerhapsWithoutAPrefix() {
		RawToken token = RawToken.foreign("0123456789", 12L);
		assertThat(token.hint()).isEqualTo("…6789");
		assertThat(token.reveal()).isEqualTo("0123456789");
		assertThat(token.kind()).isEqualTo(TokenKind.PERSONAL);
		assertThat(token.number()).isEqualTo(12);
		assertThat(RawToken.foreign("sk_live_0123456789", null).hint()).isEqualTo("sk_…6789");
	}

	@ParameterizedTest
	@CsvSource({ "p,PERSONAL", "o,ACCESS", "r,REFRESH" })
	void theKindIsALetter(char letter, TokenKind kind) {
		assertThat(TokenKind.of(letter)).isEqualTo(kind);
		assertThat(kind.letter()).isEqualTo(letter);
	}

	@Test
	void anotherLetterIsNoKind() {
		assertThatIllegalArgumentException().isThrownBy(() -> TokenKind.of('x')).withMessageContaining("'x'");
	}

	@ParameterizedTest
	@EnumSource
	void aStateIsWrittenInSmallLetters(TokenState state) {
		assertThat(state.value()).matches("[a-z_]+").isEqualToIgnoringCase(state.name());
	}

}
