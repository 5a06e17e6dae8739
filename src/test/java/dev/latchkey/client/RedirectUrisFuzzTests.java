package dev.latchkey.client;

import java.net.URI;
import java.util.List;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.latchkey.testing.Inputs;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever somebody registers as an address to return to, it is one that codes may be
 * sent to, or refused.
 */
class RedirectUrisFuzzTests {

	@FuzzTest(maxDuration = "1m")
	void anAddressIsOneThatCodesMayBeSentToOrRefused(byte[] input) {
		String text = Inputs.text(input);
		if (RedirectUris.isAcceptable(text)) {
			URI uri = URI.create(text);
			assertThat(uri.getScheme()).isNotNull();
			assertThat(text).doesNotContain("#", "*", "\\", " ", "\r", "\n");
			assertThat(String.valueOf(uri.getRawPath())).doesNotContain("/../", "/./");
			assertThat(uri.getRawUserInfo()).isNull();
			assertThat(uri.getScheme()).isNotEqualToIgnoringCase("javascript").isNotEqualToIgnoringCase("data");
			if (RedirectUris.isOneOwnersAlone(text)) {
				assertThat(uri.getScheme()).isEqualToIgnoringCase("https");
			}
		}
	}

	@Test
	void manyAddressesAre() {
		Inputs.each(25_000, List.of("https://app.example/back?x=1", "http://127.0.0.1:8080/cb", "http://[::1]/cb",
				"com.example.app:/oauth", "https://a.example:443/x/y", "http://localhost/cb", "javascript:alert(1)",
				"https://user@app.example/", "https://app.example/#x", "https://app.example/a/%2e%2e/b"),
				this::anAddressIsOneThatCodesMayBeSentToOrRefused);
	}

}
