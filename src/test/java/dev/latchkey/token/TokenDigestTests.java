package dev.latchkey.token;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The digest by which a token is known.
 */
class TokenDigestTests {

	/** FIPS 180-4's example. */
	private static final String ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

	@Test
	void itIsReadFromHexadecimalDigits() {
		assertThat(TokenDigest.parse(" " + ABC.toUpperCase(Locale.ROOT) + "\n")).contains(TokenDigest.of("abc"));
		assertThat(TokenDigest.of("abc").bytes()).isEqualTo(HexFormat.of().parseHex(ABC));
		assertThat(TokenDigest.of("abc")).isNotEqualTo(TokenDigest.of("abd")).isNotEqualTo("abc");
		assertThat(TokenDigest.of("abc")).hasSameHashCodeAs(TokenDigest.of("abc"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "ba7816", ABC + "00", ABC + " 0",
			"zz7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" })
	void whatIsNoneIsNotRead(String text) {
		assertThat(TokenDigest.parse(text)).isEmpty();
	}

	@Test
	void theLastFourBytesAreTheHash() {
		for (String text : List.of("abc", "a", "b", "c", "d")) {
			TokenDigest digest = TokenDigest.of(text);
			assertThat(digest.hashCode()).isEqualTo(ByteBuffer.wrap(digest.bytes(), 28, 4).getInt());
		}
	}

	@Test
	void aTokensIsThatOfItsWholeText() {
		assertThat(TokenDigest.of(new RawToken("abc", TokenKind.PERSONAL))).isEqualTo(TokenDigest.of("abc"));
	}

	@Test
	void nobodyChangesItFromOutside() {
		byte[] bytes = HexFormat.of().parseHex(ABC);
		TokenDigest digest = TokenDigest.ofBytes(bytes);
		bytes[0] = 0;
		digest.bytes()[1] = 0;
		assertThat(digest).isEqualTo(TokenDigest.of("abc"));
	}

	@Test
	void oneThatIsSealedSaysWithWhich() {
		TokenDigest sealed = TokenDigest.keyed(7, HexFormat.of().parseHex(ABC));
		assertThat(sealed.isKeyed()).isTrue();
		assertThat(TokenDigest.of("abc").isKeyed()).isFalse();
		assertThat(HexFormat.of().formatHex(sealed.bytes())).isEqualTo("07" + ABC);
		assertThat(sealed).hasToString("TokenDigest[****]");
	}

	@Test
	void aPepperSealsADigestAndPrintsNothing() {
		Pepper pepper = new Pepper("SmVmZQ==");
		TokenDigest sealed = pepper.seal(1, TokenDigest.of("abc"));
		assertThat(sealed.isKeyed()).isTrue();
		assertThat(sealed).isEqualTo(new Pepper("SmVmZQ==").seal(1, TokenDigest.of("abc")))
			.isNotEqualTo(pepper.seal(2, TokenDigest.of("abc")))
			.isNotEqualTo(new Pepper("SmVmZg==").seal(1, TokenDigest.of("abc")));
		assertThat(pepper.fingerprint()).hasSize(32).isNotEqualTo(new Pepper("SmVmZg==").fingerprint());
		assertThat(pepper).hasToString("Pepper[****]");
	}

}
