package dev.latchkey.session;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What browsers say of themselves is put into words, and nobody else's words are shown.
 */
class UserAgentTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0 | Firefox on Linux
					Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0 Safari/537.36 | Chrome on Windows
					Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0 Safari/537.36 Edg/138.0 | Edge on Windows
					Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15 | Safari on macOS
					Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1 | Safari on iOS
					Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/138.0 Mobile/15E148 Safari/604.1 | Chrome on iOS
					Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/28.0 Chrome/130.0 Mobile Safari/537.36 | Samsung Internet on Android
					Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0 Safari/537.36 | Chrome on ChromeOS
					curl/8.14.1 | curl
					Mozilla/5.0 (X11; Linux x86_64) Something/1.0 | Unknown browser on Linux
					Something/1.0 | Unknown browser
					""")
	void browsersAreRecognised(String header, String words) {
		assertThat(UserAgent.describe(UserAgent.kept(header))).isEqualTo(words);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "<script>alert(1)</script>", "Firefox on the Moon", "\u202exoferiF" })
	void anythingElseIsUnknownAndNotRepeated(String header) {
		assertThat(UserAgent.describe(UserAgent.kept(header))).isEqualTo("Unknown browser");
	}

	@Test
	void ofAHeaderABoundedBeginningIsKeptWithoutWhatCannotBeSeen() {
		assertThat(UserAgent.kept("a\r\n\tb\u0000c\u202e\u00e9d")).isEqualTo("abcd");
		assertThat(UserAgent.kept("x".repeat(8000))).hasSize(300);
		assertThat(UserAgent.kept(null)).isNull();
		assertThat(UserAgent.describe(null)).isEqualTo("Unknown browser");
	}

}
