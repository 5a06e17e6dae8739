package dev.latchkey.oauth;

import java.util.List;

import dev.latchkey.testing.Http;
import dev.latchkey.testing.Http.Answer;
import dev.latchkey.testing.LatchkeyTest;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An issuer with a path has its metadata behind the document's name (RFC 8414 section
 * 3.1).
 */
@LatchkeyTest
@TestPropertySource(properties = "latchkey.oauth.issuer=https://tok.example.com/auth")
class IssuerPathTests {

	private static final String METADATA = "/.well-known/oauth-authorization-server";

	@Autowired
	private Http http;

	@Test
	void theMetadataStandsUnderThePathOfTheIssuer() {
		for (String path : List.of(METADATA + "/auth", METADATA)) {
			Answer metadata = this.http.get(path);
			assertThat(metadata.status()).as(path).isEqualTo(200);
			assertThat(metadata.<String>json("issuer")).isEqualTo("https://tok.example.com/auth");
			assertThat(metadata.<String>json("token_endpoint")).endsWith("/oauth2/token");
		}
		assertThat(this.http.get(METADATA + "/other").status()).isEqualTo(404);
	}

}
