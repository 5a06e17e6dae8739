package dev.latchkey.token;

import java.time.Duration;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What holds for the form of every token.
 */
class TokenFormatPropertyTests {

	private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

	@Property
	void everyIssuedTokenParses(@ForAll("prefixes") String prefix, @ForAll TokenKind kind) {
		TokenFormat format = format(prefix);
		RawToken token = format.generate(kind);
		assertThat(token.reveal()).matches(prefix + kind.letter() + "_[0-9A-Za-z]{49}");
		assertThat(format.parse(token.reveal())).hasValueSatisfying((parsed) -> {
			assertThat(parsed.reveal()).isEqualTo(token.reveal());
			assertThat(parsed.kind()).isEqualTo(kind);
		});
		assertThat(format.explain(token.reveal())).isEmpty();
	}

	@Property
	void aChangeOfAnyOneCharacterIsRefused(@ForAll TokenKind kind, @ForAll @IntRange(min = 0, max = 52) int position,
			@ForAll("characters") char character) {
		TokenFormat format = format("lk");
		String token = format.generate(kind).reveal();
		StringBuilder changed = new StringBuilder(token);
		changed.setCharAt(position, character);
		if (token.charAt(position) != character) {
			assertThat(format.parse(changed.toString())).isEmpty();
			assertThat(format.explain(changed.toString())).isPresent();
		}
	}

	@Property
	void twoNeighboursThatChangePlacesAreRefused(@ForAll @IntRange(min = 0, max = 51) int position) {
		TokenFormat format = format("lk");
		String token = format.generate(TokenKind.PERSONAL).reveal();
		StringBuilder changed = new StringBuilder(token);
		changed.setCharAt(position, token.charAt(position + 1));
		changed.setCharAt(position + 1, token.charAt(position));
		if (!changed.toString().equals(token)) {
			assertThat(format.parse(changed.toString())).isEmpty();
		}
	}

	@Property
	void anyOtherLengthIsRefused(@ForAll @IntRange(min = 0, max = 52) int length,
			@ForAll @StringLength(min = 1, max = 9) @CharRange(from = 'a', to = 'z') String more) {
		TokenFormat format = format("lk");
		String token = format.generate(TokenKind.PERSONAL).reveal();
		assertThat(format.parse(token.substring(0, length))).isEmpty();
		assertThat(format.parse(token + more)).isEmpty();
	}

	@Property
	void noOtherTextIsAToken(@ForAll String text) {
		assertThat(format("lk").parse(text)).isEmpty();
	}

	@Provide
	Arbitrary<String> prefixes() {
		return Arbitraries.strings().withCharRange('a', 'z').withCharRange('0', '9').ofMinLength(1).ofMaxLength(10);
	}

	@Provide
	Arbitrary<Character> characters() {
		return Arbitraries.oneOf(Arbitraries.chars().with(DIGITS.toCharArray()), Arbitraries.chars().all());
	}

	private static TokenFormat format(String prefix) {
		Lifetime never = new Lifetime(null);
		return new TokenFormat(new TokenProperties(prefix, never, never, never, Duration.ofDays(7), false, 1000,
				new TokenProperties.Prune(false, "-", Duration.ofDays(30), 1000)));
	}

}
