package dev.latchkey.value;

import java.util.Arrays;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which entry of a list is wrong is said by itself, or by its number.
 */
class EchoEntryTests {

	@ParameterizedTest
	@ValueSource(strings = { "orders:raed", "192.0.2.0/33", "two words", "x" })
	void whatEverybodySeesIsSaidBack(String entry) {
		assertThat(Echo.entry(entry, Arrays.asList("first", entry))).isEqualTo(entry);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "\u200b", "a\u001b[31mb", "\u202eevil", "a\tb", "caf\u00e9",
			"sk_0123456789abcdef0123456789" })
	void whatShowsNothingOrSomethingElseOrCouldBeASecretIsNumbered(String entry) {
		assertThat(Echo.entry(entry, Arrays.asList("first", entry))).isEqualTo("#2");
	}

	@Test
	void anEntryThatIsMissingIsSaidToBe() {
		assertThat(Echo.entry(null, Arrays.asList("first", null))).isEqualTo("null");
	}

}
