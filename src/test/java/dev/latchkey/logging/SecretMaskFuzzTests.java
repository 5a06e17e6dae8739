package dev.latchkey.logging;

import java.util.List;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.latchkey.testing.Inputs;
import dev.latchkey.value.TokenForm;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever stands around a token in a line of the log, the token does not.
 */
class SecretMaskFuzzTests {

	private static final String SECRET = "1NN6LnbNPGpYZFu3WPFVmDzO7iBFOqhMnRxvVdAjUhC0aB3xY";

	@FuzzTest(maxDuration = "1m")
	void whateverStandsAroundATokenItIsBlanked(byte[] input) {
		String text = Inputs.text(input).replace(SECRET, "");
		for (String prefix : List.of("lkp_", "acmeo_", "lkr%5F")) {
			for (int at : new int[] { 0, text.length() / 3, text.length() }) {
				String line = text.substring(0, at) + prefix + SECRET + text.substring(at);
				assertThat(SecretMask.apply(line)).doesNotContain(SECRET.substring(4, 16), SECRET.substring(30, 44));
				if (!prefix.contains("%")) {
					assertThat(TokenForm.masked(line)).doesNotContain(SECRET.substring(4, 16),
							SECRET.substring(30, 44));
				}
			}
		}
		assertThat(SecretMask.apply(text + " Bearer " + SECRET)).doesNotContain(SECRET.substring(4, 16));
	}

	@Test
	void inManyLines() {
		Inputs.each(6_000,
				List.of("GET /api/user?x=y HTTP/1.1", "Authorization: Bearer abc",
						"{\"message\":\"a \\\"Bearer x\\\"\"}",
						"java.lang.IllegalStateException: no\n\tat dev.latchkey.Main", "lkp_ lko_****", "Basic YTpi"),
				this::whateverStandsAroundATokenItIsBlanked);
	}

}
