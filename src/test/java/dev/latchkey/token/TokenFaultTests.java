package dev.latchkey.token;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whoever holds a token whose form is wrong is told in what.
 */
class TokenFaultTests {

	private final TokenFormat format = format();

	private final String token = this.format.generate(TokenKind.PERSONAL).reveal();

	@Test
	void anotherPrefixIsSaid() {
		for (String candidate : new String[] { "", "lk", "lkp", "ab" + this.token.substring(2),
				"lkx" + this.token.substring(3), "lkp-" + this.token.substring(4) }) {
			assertThat(this.format.explain(candidate)).as(candidate)
				.hasValueSatisfying((fault) -> assertThat(fault).startsWith("the prefix"));
			assertThat(this.format.parse(candidate)).isEmpty();
			assertThat(this.format.hasPrefix(candidate)).isFalse();
		}
	}

	@Test
	void anotherLengthIsSaid() {
		for (String candidate : new String[] { "lkp_", this.token.substring(0, 52), this.token + "0" }) {
			assertThat(this.format.explain(candidate)).as(candidate)
				.hasValueSatisfying((fault) -> assertThat(fault).startsWith("the length"));
			assertThat(this.format.hasPrefix(candidate)).isTrue();
		}
	}

	@Test
	void aCharacterThatNoTokenHasIsSaid() {
		for (int place : new int[] { 4, 20, 52 }) {
			String candidate = this.token.substring(0, place) + "-" + this.token.substring(place + 1);
			assertThat(this.format.explain(candidate)).as(candidate)
				.hasValueSatisfying((fault) -> assertThat(fault).startsWith("there is a character"));
		}
	}

	@Test
	void aChangedCharacterIsSaid() {
		char last = this.token.charAt(52);
		String candidate = this.token.substring(0, 52) + ((last == 'a') ? 'b' : 'a');
		assertThat(this.format.explain(candidate))
			.hasValueSatisfying((fault) -> assertThat(fault).startsWith("the checksum"));
		assertThat(this.format.explain(this.token)).isEmpty();
	}

	@Test
	void blanksAroundACopyDoNotCount() {
		assertThat(this.format.parseCopied(" " + this.token + "\n"))
			.hasValueSatisfying((parsed) -> assertThat(parsed.reveal()).isEqualTo(this.token));
		assertThat(this.format.parse(" " + this.token)).isEmpty();
	}

	private static TokenFormat format() {
		Lifetime never = new Lifetime(null);
		return new TokenFormat(new TokenProperties("lk", never, never, "new", never, Duration.ofDays(7), false, 1000,
				new TokenProperties.Prune(false, "-", Duration.ofDays(30), 1000)));
	}

}
