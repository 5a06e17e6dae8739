package dev.latchkey.leak;

import java.nio.charset.StandardCharsets;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whose signature counts. The key, the body and the signature are those that GitHub
 * publishes for its partners to try.
 */
class ScannerKeysTests {

	private static final String IDENTIFIER = "f9525bf080f75b3506ca1ead061add62b8633a346606dc5fe544e29231c6ee0d";

	private static final String LINES = """
			MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEsz9ugWDj5jK5ELBK42ynytbo38gP
			HzZFI03Exwz8Lh/tCfL3YxwMdLjB+bMznsanlhK0RwcGP3IDb34kQDIo3Q==
			""";

	private static final String PEM = "-----BEGIN PUBLIC KEY-----\n" + LINES + "-----END PUBLIC KEY-----\n";

	private static final String SIGNATURE = "MEUCIFLZzeK++IhS+y276SRk2Pe5LfDrfvTXu6iwKKcFGCrvAiEAhHN2kDOhy2I6eGkOFmxNkOJ+"
			+ "L2y8oQ9A2T9GGJo6WJY=";

	private static final String BODY = "[{\"token\":\"some_token\",\"type\":\"some_type\",\"url\":\"some_url\",\"source\":\"some_source\"}]";

	@Test
	void whatGitHubSignsIsSigned() {
		for (String key : List.of(PEM, LINES, LINES.replace("\n", ""), PEM.replace("\n", "\\n"))) {
			assertThat(isSigned(key, BODY)).as(key).isTrue();
			assertThat(isSigned(key, BODY + "\n")).as(key).isFalse();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "=", "x", "x=", "x=AAAA", "x=no base64!",
			// Of the curve P-384.
			"x=MHYwEAYHKoZIzj0CAQYFK4EEACIDYgAEGn8ickiDZN38rbc3FAjnlZ/Rd/PMC458s3UH5m"
					+ "sOx/VBdjvNAtpo/CejONMPZZuXW6dsUybZCd2rdVijRepYhKaoJ5ub7vUmGMPJ8fC2tO9jhQGZEYI0Gkl65cF7KHKW" })
	void whatIsNoKeyIsNotRead(String setting) {
		assertThat(ScannerKeys.areReadable(List.of(setting))).isFalse();
	}

	@Test
	void twoKeysOfOneNameAreNotRead() {
		String key = "=" + LINES.replace("\n", "");
		assertThat(ScannerKeys.areReadable(List.of("a" + key, "b" + key))).isTrue();
		assertThat(ScannerKeys.areReadable(List.of("a" + key, "a" + key))).isFalse();
	}

	private static boolean isSigned(String key, String body) {
		return ScannerKeys.isSigned(body.getBytes(StandardCharsets.UTF_8), SIGNATURE,
				ScannerKeys.of(List.of(IDENTIFIER + "=" + key)).find(IDENTIFIER));
	}

}
