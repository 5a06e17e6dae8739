package dev.latchkey.token;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.latchkey.testing.Inputs;
import dev.latchkey.value.TokenForm;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What holds for the form of every token, and of everything else.
 */
class TokenFormatFuzzTests {

	private static final TokenFormat FORMAT = format("lk");

	@FuzzTest(maxDuration = "1m")
	void whatIsReadAsATokenHasTheFormOfOne(byte[] input) {
		String text = Inputs.text(input);
		assertThat(FORMAT.explain(text).isPresent()).isEqualTo(FORMAT.parse(text).isEmpty());
		FORMAT.parse(text).ifPresent((token) -> {
			assertThat(text).matches("lk[por]_[0-9A-Za-z]{49}").isEqualTo(token.reveal());
			assertThat(TokenForm.isIn(text)).isTrue();
			assertThat(TokenForm.masked(text)).isEqualTo(text.substring(0, 3) + "_****");
		});
	}

	@Test
	void noneIsReadThatWasNotIssued() {
		List<String> issued = Stream.of(TokenKind.values())
			.flatMap((kind) -> IntStream.range(0, 20).mapToObj((i) -> FORMAT.generate(kind).reveal()))
			.toList();
		Set<String> known = new HashSet<>(issued);
		Inputs.each(80_000, issued, (input) -> {
			whatIsReadAsATokenHasTheFormOfOne(input);
			String text = Inputs.text(input);
			assertThat(FORMAT.parse(text).isPresent()).isEqualTo(known.contains(text));
		});
	}

	@Test
	void everyIssuedTokenIsRead() {
		Inputs.each(1000, (random) -> {
			String prefix = letters(random, "abcdefghijklmnopqrstuvwxyz0123456789", 1 + random.nextInt(10));
			TokenKind kind = TokenKind.values()[random.nextInt(TokenKind.values().length)];
			RawToken token = format(prefix).generate(kind);
			assertThat(token.reveal()).matches(prefix + kind.letter() + "_[0-9A-Za-z]{49}");
			assertThat(format(prefix).parse(token.reveal())).hasValueSatisfying((parsed) -> {
				assertThat(parsed.reveal()).isEqualTo(token.reveal());
				assertThat(parsed.kind()).isEqualTo(kind);
			});
			assertThat(format(prefix).explain(token.reveal())).isEmpty();
		});
	}

	@Test
	void aChangeOfAnyOneCharacterIsRefused() {
		Inputs.each(5000, (random) -> {
			String token = FORMAT.generate(TokenKind.PERSONAL).reveal();
			int position = random.nextInt(token.length());
			char character = (char) random.nextInt((random.nextInt(2) == 0) ? 128 : Character.MAX_VALUE);
			StringBuilder changed = new StringBuilder(token);
			changed.setCharAt(position, character);
			assertThat(FORMAT.parse(changed.toString()).isPresent()).isEqualTo(token.charAt(position) == character);
		});
	}

	@Test
	void twoNeighboursThatChangePlacesAreRefused() {
		Inputs.each(5000, (random) -> {
			String token = FORMAT.generate(TokenKind.PERSONAL).reveal();
			int position = random.nextInt(token.length() - 1);
			StringBuilder changed = new StringBuilder(token);
			changed.setCharAt(position, token.charAt(position + 1));
			changed.setCharAt(position + 1, token.charAt(position));
			assertThat(FORMAT.parse(changed.toString()).isPresent()).isEqualTo(changed.toString().equals(token));
		});
	}

	@Test
	void anyOtherLengthIsRefused() {
		Inputs.each(2000, (random) -> {
			String token = FORMAT.generate(TokenKind.REFRESH).reveal();
			assertThat(FORMAT.parse(token.substring(0, random.nextInt(token.length())))).isEmpty();
			assertThat(FORMAT.parse(token + letters(random, "abcXYZ019", 1 + random.nextInt(9)))).isEmpty();
		});
	}

	private static String letters(SplittableRandom random, String alphabet, int length) {
		return random.ints(length, 0, alphabet.length())
			.mapToObj((i) -> alphabet.substring(i, i + 1))
			.collect(Collectors.joining());
	}

	private static TokenFormat format(String prefix) {
		Lifetime never = new Lifetime(null);
		return new TokenFormat(new TokenProperties(prefix, never, never, "new", never, Duration.ofDays(7), false, 1000,
				new TokenProperties.Prune(false, "-", Duration.ofDays(30), 1000)));
	}

}
