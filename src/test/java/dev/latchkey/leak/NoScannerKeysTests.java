package dev.latchkey.leak;

import dev.latchkey.testing.Http;
import dev.latchkey.testing.Http.Answer;
import dev.latchkey.testing.OtherSettingsTest;
import dev.latchkey.testing.SecretScanner;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A server that was told of no scanner.
 */
@OtherSettingsTest
class NoScannerKeysTests {

	@Autowired
	private Http http;

	@Test
	void withoutKeysThereIsNoSuchRoute() {
		Answer answer = SecretScanner.report(this.http, "[]");
		assertThat(answer.status()).isEqualTo(404);
		assertThat(answer.code()).isEqualTo("not_found");
		assertThat(this.http.get("/secret-scanning/alerts").status()).isEqualTo(404);
	}

}
